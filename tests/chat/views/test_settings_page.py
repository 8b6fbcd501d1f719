"""A chat's preferences are shown in words, with buttons for the other choices."""

from __future__ import annotations

from datetime import date

import pytest

from bot.chat.persistence.preferences import AnswerLength, AnswerTrigger, Preferences
from bot.chat.types import LANGUAGES, Recipient
from bot.chat.views.buttons import CallbackData
from bot.chat.views.renderer import render
from bot.chat.views.settings_page import settings_page

TO = Recipient(today=date(2022, 1, 7), private=False)
QUIET = Preferences(when=AnswerTrigger.COMMANDED, length=AnswerLength.BRIEF, language="tr")


def words(preferences: Preferences, to: Recipient = TO, *, may_change: bool = True) -> list[str]:
    return [button.text for row in settings_page(preferences, to, may_change=may_change)[1] for button in row]


def text(preferences: Preferences, to: Recipient = TO, *, may_change: bool = True) -> str:
    return render(settings_page(preferences, to, may_change=may_change)[0])[0].plain


def test_the_buttons_offer_the_other_choices():
    assert words(Preferences()) == ["Answer commands only", "Brief answers", "English", "Türkçe", "Русский"]
    assert words(QUIET) == ["Answer mentions and replies too", "Full answers", "English", "Русский", "as in the app"]
    assert words(Preferences(), TO.model_copy(update={"private": True}))[0] == "Brief answers"
    assert words(QUIET, may_change=False) == []


def test_every_button_changes_what_it_says():
    for row in settings_page(QUIET, TO, may_change=True)[1]:
        for button in row:
            press = CallbackData.read(button.data or "")
            assert press is not None and QUIET.with_choice(press.about) != QUIET


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_settings_are_shown_in_words(language):
    to = TO.model_copy(update={"language": language})
    seen = {text(preferences, to) for preferences in (Preferences(), QUIET, Preferences(language="tr"))}
    assert len(seen) == 3 and all(len(each.splitlines()) == 4 for each in seen)
    assert len(text(QUIET, to.model_copy(update={"private": True})).splitlines()) == 3


def test_those_who_may_not_change_them_read_so():
    assert "Only administrators of this chat can change this." in text(QUIET, may_change=False)
    assert "commands only" in text(QUIET) and "Türkçe" in text(QUIET)
