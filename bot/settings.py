"""Every setting of Dateline in one typed table; the only module that reads the environment."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

PREFIX = "DATELINE_"


class SettingsError(Exception):
    """A setting has a value that cannot be used; the message names the setting and says which values can."""


def _origin(address: str) -> str:
    scheme, _, rest = address.partition("://")
    if scheme not in {"http", "https"} or not rest:
        raise ValueError("it must be an address such as http://127.0.0.1:8081")
    return address.rstrip("/")


def _public(address: str) -> str:
    """An address that Telegram can send updates to: HTTPS, or HTTP for a Bot API server on this machine."""
    scheme, _, rest = address.partition("://")
    host = re.split(r"[:/]", rest, maxsplit=1)[0]
    if not host or (scheme != "https" and not (scheme == "http" and host in {"127.0.0.1", "localhost"})):
        raise ValueError("it must be an address such as https://bot.example.org/dateline")
    return address.rstrip("/")


def _path(path: str) -> str:
    return f"/{path.strip('/')}"


def _secret(secret: SecretStr) -> SecretStr:
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret.get_secret_value()):
        raise ValueError("it must be 1 to 256 letters, digits, _ and -")
    return secret


def _lower(value: object) -> object:
    return value.lower() if isinstance(value, str) else value


def _none(value: object) -> object:
    """The word ``none`` in lower case; everything else as it is."""
    return "none" if isinstance(value, str) and value.lower() == "none" else value


def _numbers(value: object) -> object:
    """The items of a list that is separated by commas or white space."""
    return value.replace(",", " ").split() if isinstance(value, str) else value


Folder = Annotated[Path, AfterValidator(Path.expanduser)]


class Settings(BaseSettings):
    """The settings, read from the environment, else from `.env` in the working directory."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        populate_by_name=True,
    )

    telegram_bot_token: SecretStr | None = Field(
        default=None,
        validation_alias="TELEGRAM_BOT_TOKEN",
        description="The bot's token from @BotFather; without it `dateline run` opens the terminal chat.",
    )
    data_dir: Folder = Field(
        default=Path("data"), description="Folder of the articles, the index and the chat databases."
    )
    telegram_api: Annotated[str, AfterValidator(_origin)] = Field(
        default="https://api.telegram.org",
        description="Origin of the Bot API, such as a local Bot API server's http://127.0.0.1:8081.",
    )
    spacy_model: str | None = Field(
        default=None,
        description="An installed spaCy pipeline whose named entities are added; optional.",
    )
    ranker: Annotated[Literal["plus", "okapi"], BeforeValidator(_lower)] = Field(
        default="plus", description="Ranking: plus (BM25Plus) or okapi (BM25Okapi)."
    )
    threshold: float | None = Field(
        default=None,
        ge=0.0,
        le=1.0,
        description="Least confidence, 0 to 1, at which the bot answers; unset: the measured one.",
    )
    reader: Annotated[Literal["none"] | Folder | None, BeforeValidator(_none)] = Field(
        default=None,
        description="Folder of another extractive reader (an .onnx file and its tokenizer.json), or none: rules alone; "
        "unset: the reader in the package.",
    )
    closest_threshold: float | None = Field(
        default=None,
        ge=0.0,
        le=1.0,
        description="Least confidence, 0 to 1, at which the closest quotes are shown where there is no answer; unset: "
        "the measured one.",
    )
    admins: Annotated[frozenset[int], NoDecode, BeforeValidator(_numbers)] = Field(
        default=frozenset(),
        description="Numeric ids of administrators, with commas: they see /status, add and remove articles.",
    )
    allowed_chats: Annotated[frozenset[int], NoDecode, BeforeValidator(_numbers)] = Field(
        default=frozenset(),
        description="Numeric ids of the only chats that get answers, with commas; the bot leaves other groups.",
    )
    retention_days: int = Field(default=90, ge=1, description="Days after which stored conversations are deleted.")
    webhook_url: Annotated[str, AfterValidator(_public)] | None = Field(
        default=None,
        description="Public HTTPS address to which Telegram sends updates; unset: the bot polls.",
    )
    webhook_listen: str = Field(
        default="127.0.0.1", description="Address to listen on for the webhook, behind a proxy that ends TLS."
    )
    webhook_port: int = Field(default=8080, ge=1, le=65535, description="Port to listen on for the webhook.")
    webhook_path: Annotated[str, AfterValidator(_path)] | None = Field(
        default=None, description="Path to listen on for the webhook; unset: the path of DATELINE_WEBHOOK_URL."
    )
    webhook_secret: Annotated[SecretStr, AfterValidator(_secret)] | None = Field(
        default=None, description="Secret token that Telegram sends with each update; unset: a new one at each start."
    )
    health_port: int | None = Field(
        default=None, ge=1, le=65535, description="Port for /healthz and /metrics; unset: there are none."
    )
    health_listen: str = Field(default="127.0.0.1", description="Address to listen on for /healthz and /metrics.")
    log_format: Annotated[Literal["text", "json"], BeforeValidator(_lower)] = Field(
        default="text", description="Format of the log: text, or json with an object a line."
    )
    log_level: Annotated[Literal["debug", "info", "warning", "error"], BeforeValidator(_lower)] = Field(
        default="info", description="Least level that is logged: debug, info, warning or error."
    )


def variable(field: str) -> str:
    """The name of the environment variable that sets a field."""
    alias = Settings.model_fields[field].validation_alias
    return alias if isinstance(alias, str) else f"{PREFIX}{field}".upper()


def load(data_dir: Path | None = None) -> Settings:
    """The settings; ``data_dir`` takes precedence over the environment.

    Raises SettingsError for the first setting with a value that cannot be used.
    """
    try:
        settings = Settings()
    except ValidationError as error:
        raise SettingsError(_sentence(error)) from None
    except UnicodeDecodeError:
        raise SettingsError(".env: it is not UTF-8 text") from None
    return settings if data_dir is None else settings.model_copy(update={"data_dir": data_dir})


def _sentence(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_input=False)[0]
    place = str(first["loc"][0])
    name = variable(place) if place in Settings.model_fields else place.upper()
    problem = first["msg"].removeprefix("Value error, ").replace("Input should", "it should")
    return f"{name}: {problem}"
