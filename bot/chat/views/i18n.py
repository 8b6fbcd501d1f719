"""What the bot says besides answers, in each language it speaks, from one catalogue (texts/*.toml); the door to Jinja2.

Pages become blocks of balanced, escaped Telegram HTML for ``rendering.render``; lines are plain words for buttons,
menus and notices.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from jinja2 import DictLoader, Environment, StrictUndefined

from bot.chat.types import DEFAULT, LANGUAGES

Blocks = tuple[str, ...]


def closest_language(code: str | None) -> str:
    """The language to speak to a person whose app is set to an IETF language tag such as ``pt-br``."""
    primary = (code or "").partition("-")[0].casefold()
    return primary if primary in LANGUAGES else DEFAULT


def page(key: str, language: str = DEFAULT, **facts: object) -> Blocks:
    """A page of the catalogue, cut into blocks at its empty lines."""
    text = _pages(language).get_template(key).render(facts)
    return tuple(block for part in text.split("\n\n") if (block := part.strip()))


def line(key: str, language: str = DEFAULT, **facts: object) -> str:
    """A line of the catalogue, as plain words."""
    return _lines(language).get_template(key).render(facts).strip() if facts else _fixed(key, language)


@cache
def _fixed(key: str, language: str) -> str:
    """A line that says the same whatever happened."""
    return _lines(language).get_template(key).render().strip()


def menu(language: str = DEFAULT) -> Mapping[str, str]:
    """The commands of the menu, each with what it does."""
    return dict(tables(language)["menu"])


@cache
def tables(language: str) -> Mapping[str, Any]:
    """Everything that is said in a language, by table and key."""
    return tomllib.loads((resources.files("bot.chat.views") / "texts" / f"{language}.toml").read_text(encoding="utf-8"))


@cache
def _pages(language: str) -> Environment:
    return _environment(language, "pages", html=True)


@cache
def _lines(language: str) -> Environment:
    return _environment(language, "lines", html=False)


def _environment(language: str, table: str, *, html: bool) -> Environment:
    environment = Environment(
        loader=DictLoader(dict(tables(language)[table])),
        autoescape=html,
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
    )
    months = tables(language)["months"]
    environment.filters.update(
        day=lambda day: _day(day, months),
        one_line=lambda text: " ".join(text.split()),
    )
    return environment


def _day(day: date, months: list[str]) -> str:
    return f"{day.day} {months[day.month - 1]} {day.year}"
