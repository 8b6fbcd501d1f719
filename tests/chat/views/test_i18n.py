"""The catalogue says the same in every language: nothing is missing, nothing is left over, nothing is broken."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from jinja2 import Environment, meta

from bot.chat.commands import BY_NAME
from bot.chat.types import LANGUAGES
from bot.chat.views import pages
from bot.chat.views.i18n import closest_language, menu, tables
from bot.chat.views.renderer import render
from tests.factories import make_article, make_published

ALIKE = {"article", "cited", "passage", "add_done"}
"""Pages without a word of their own."""
OTHERS = [language for language in LANGUAGES if language != "en"]


def keys(table: Mapping[str, Any], before: str = "") -> set[str]:
    inside = (keys(value, f"{key}.") for key, value in table.items() if isinstance(value, dict))
    return {f"{before}{key}" for key in table} | set().union(*inside)


def facts(template: str) -> set[str]:
    environment = Environment(autoescape=True)
    environment.filters.update(day=str, one_line=str)
    return meta.find_undeclared_variables(environment.parse(template))


@pytest.mark.parametrize("language", OTHERS)
def test_no_key_is_missing_or_left_over(language):
    assert keys(tables(language)) == keys(tables("en"))


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("table", ["pages", "lines"])
def test_every_language_uses_the_same_facts(language, table):
    told = {key: facts(text) for key, text in tables("en")[table].items()}
    assert {key: facts(text) for key, text in tables(language)[table].items()} == told


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_empty_and_a_menu_fits_telegram(language):
    assert all(text.strip() for table in ("pages", "lines", "menu") for text in tables(language)[table].values())
    assert all(1 <= len(told) <= 256 for told in menu(language).values())
    assert len(tables(language)["months"]) == 12


@pytest.mark.parametrize("language", OTHERS)
def test_the_other_languages_are_not_english(language):
    ours, english = tables(language)["pages"], tables("en")["pages"]
    assert {key for key in english if ours[key] == english[key]} <= ALIKE


@pytest.mark.parametrize(
    ("code", "language"),
    [("tr", "tr"), ("ru-RU", "ru"), ("RU", "ru"), ("en-GB", "en"), ("pt-br", "en"), ("", "en"), (None, "en")],
)
def test_the_language_follows_the_app_and_falls_back_to_english(code, language):
    assert closest_language(code) == language


@pytest.mark.parametrize(("language", "day"), [("en", "6 May 2021"), ("tr", "6 Mayıs 2021"), ("ru", "6 мая 2021")])
def test_a_day_has_its_month_in_the_language(language, day):
    shown = make_article(published=make_published(date(2021, 5, 6)))
    assert f"Channel News, {day}" in render(pages.article(shown, language))[0].plain


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_command_in_a_page_can_be_tapped_or_copied(language):
    for key, text in tables(language)["pages"].items():
        for command in re.findall(r"(?<![\w/<>@])/([a-z]+)\b", re.sub(r"<code>.*?</code>", "", text)):
            assert command in BY_NAME and BY_NAME[command].tappable, (key, command)
