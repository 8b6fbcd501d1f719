"""What the bot says besides answers, in each language it speaks, from ``texts/*.toml``; the only user of Jinja2 here.

Pages become blocks of balanced, escaped Telegram HTML for ``renderer.render``; lines are plain words for buttons, menus
and notices.
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
    """The language for a person whose app is set to an IETF language tag such as ``pt-br``."""
    primary = (code or "").partition("-")[0].casefold()
    return primary if primary in LANGUAGES else DEFAULT


def page(key: str, language: str = DEFAULT, **facts: object) -> Blocks:
    """A page with these facts, divided into blocks at its empty lines."""
    text = _pages(language).get_template(key).render(facts)
    return tuple(block for part in text.split("\n\n") if (block := part.strip()))


def line(key: str, language: str = DEFAULT, **facts: object) -> str:
    """A line with these facts, as plain words."""
    return _lines(language).get_template(key).render(facts).strip() if facts else _fixed_line(key, language)


@cache
def _fixed_line(key: str, language: str) -> str:
    return _lines(language).get_template(key).render().strip()


def menu(language: str = DEFAULT) -> Mapping[str, str]:
    """The description of each command for the menu, by the command's name."""
    return dict(tables(language)["menu"])


def language_name(language: str) -> str:
    """A language's name in itself, such as ``Türkçe``."""
    return str(tables(language)["name"])


@cache
def tables(language: str) -> Mapping[str, Any]:
    """All texts of a language, by table and key."""
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
