"""The page of /settings: a chat's preferences in words, with buttons to change them."""

from __future__ import annotations

from enum import StrEnum

from bot.chat.persistence.preferences import AnswerLength, AnswerTrigger, Preferences
from bot.chat.types import LANGUAGES, Recipient
from bot.chat.views.buttons import NO_BUTTONS, Button, ButtonAction, CallbackData, Keyboard
from bot.chat.views.i18n import Blocks, language_name, line, page


def settings_page(preferences: Preferences, to: Recipient, *, may_change: bool) -> tuple[Blocks, Keyboard]:
    """A chat's preferences in words, with a button for each other choice where the reader may change them."""
    spoken = language_name(preferences.language) if preferences.language else line("language_app", to.language)
    blocks = page(
        "settings",
        to.language,
        preferences=preferences,
        private=to.private,
        spoken=spoken,
        may_change=may_change,
    )
    return blocks, _choices(preferences, to) if may_change else NO_BUTTONS


def _choices(preferences: Preferences, to: Recipient) -> Keyboard:
    # in a direct chat every message is for the bot
    triggers = [] if to.private else _others("when", preferences.when, to)
    rows = (triggers, _others("length", preferences.length, to), _languages(preferences, to))
    return tuple(tuple(row) for row in rows if row)


def _others(name: str, chosen: AnswerTrigger | AnswerLength, to: Recipient) -> list[Button]:
    choices: type[StrEnum] = type(chosen)
    return [_button(name, each, line(f"{name}_{each}", to.language)) for each in choices if each is not chosen]


def _languages(preferences: Preferences, to: Recipient) -> list[Button]:
    others = [language for language in LANGUAGES if language != preferences.language]
    buttons = [_button("language", language, language_name(language)) for language in others]
    app = [_button("language", "app", line("language_app", to.language))] if preferences.language else []
    return buttons + app


def _button(name: str, value: str, words: str) -> Button:
    return CallbackData(action=ButtonAction.SETTING, about=f"{name}={value}").button(words)
