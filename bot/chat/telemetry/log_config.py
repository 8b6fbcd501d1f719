"""Logging that never shows a secret, whatever is logged and by whom, and names the update that a line is about."""

from __future__ import annotations

import json
import logging
import re
import sys
import threading
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from itertools import chain
from types import TracebackType
from typing import Final
from urllib.parse import quote

HIDDEN: Final = "<hidden>"
# least level that a library's logger writes at: PTB's own HTTP client writes addresses, which hold the token, at INFO
# and DEBUG; aiohttp writes a traceback for each malformed request of somebody else
QUIETED: Final = {"httpx": logging.WARNING, "httpcore": logging.WARNING, "aiohttp.server": logging.CRITICAL}
FORMAT: Final = "%(asctime)s %(levelname)s %(name)s: %(message)s"
NO_REQUEST: Final = 0
# letters below which hiding what is called a secret would only make the log unreadable
LEAST_SECRET: Final = 6

# a bot's token, also where a URL is quoted
_TOKEN = re.compile(r"\d{6,}(?::|%3A)[A-Za-z0-9_-]{30,}", re.IGNORECASE)
_request: ContextVar[int] = ContextVar("request", default=NO_REQUEST)


@contextmanager
def about(update_id: int) -> Iterator[None]:
    """Name an update in everything that is logged inside."""
    token = _request.set(update_id)
    try:
        yield
    finally:
        _request.reset(token)


class Redactor:
    """Takes secrets out of text: the given ones, also as a URL has them, and everything that looks like a bot token."""

    def __init__(self, *secrets: str) -> None:
        self._secrets = tuple(
            chain.from_iterable((each, quote(each, safe="")) for each in secrets if len(each) >= LEAST_SECRET)
        )

    def __call__(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, HIDDEN)
        return _TOKEN.sub(HIDDEN, text)


class RedactingFormatter(logging.Formatter):
    """Formats as another formatter does, tracebacks included, and takes tokens out of the result."""

    def __init__(self, inner: logging.Formatter, redact: Redactor) -> None:
        super().__init__()
        self._inner = inner
        self._redact = redact

    def format(self, record: logging.LogRecord) -> str:
        return self._redact(self._inner.format(record))


class TextFormatter(logging.Formatter):
    """A line for a person; where it is about an update it ends with that update's number."""

    def __init__(self) -> None:
        super().__init__(FORMAT)

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  the library's name
        line = super().formatMessage(record)
        number = _request.get()
        return line if number == NO_REQUEST else f"{line} [{number}]"


class JsonFormatter(logging.Formatter):
    """A JSON object a line: time (UTC), level, logger, message, and where there is one the request and the error."""

    def format(self, record: logging.LogRecord) -> str:
        entry: dict[str, str | int] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if (number := _request.get()) != NO_REQUEST:
            entry["request"] = number
        if record.exc_info:
            entry["error"] = self.formatException(record.exc_info)
        return json.dumps(entry)


def configure(level: str, secrets: Iterable[str] = (), style: str = "text") -> None:
    """Log to stderr, or to the handlers that are there, with every line redacted; ``style`` is text or json.

    Uncaught exceptions go through the log as well.
    """
    root = logging.getLogger()
    if not root.handlers:
        root.addHandler(logging.StreamHandler())
    root.setLevel(level.upper())
    redact, usual = Redactor(*secrets), JsonFormatter() if style == "json" else TextFormatter()
    for handler in root.handlers:
        handler.setFormatter(RedactingFormatter(handler.formatter or usual, redact))
    for name, least in QUIETED.items():
        logging.getLogger(name).setLevel(least)
    logging.captureWarnings(True)
    warnings.filterwarnings("ignore", message=".*retry_after.*")  # of a coming version of PTB
    sys.excepthook = _uncaught
    threading.excepthook = _uncaught_in_thread


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    logging.getLogger("bot").critical("Dateline ends because of an error", exc_info=(kind, error, trace))


def _uncaught_in_thread(failed: threading.ExceptHookArgs) -> None:
    if failed.exc_value is not None:
        _uncaught(failed.exc_type, failed.exc_value, failed.exc_traceback)
