"""The page of `/settings`: a chat's preferences in words, with buttons to change them."""

from __future__ import annotations

from bot.chat.persistence.preferences import AnswerLength, AnswerTrigger, Preferences
from bot.chat.types import LANGUAGES, Recipient
from bot.chat.views.buttons import Button, ButtonAction, CallbackData, Keyboard
from bot.chat.views.i18n import Blocks, line, page, tables


def settings_page(wishes: Preferences, to: Recipient, *, may_change: bool) -> tuple[Blocks, Keyboard]:
    """A chat's wishes in words, with buttons for what else it could wish where it may."""
    spoken = tables(wishes.language)["name"] if wishes.language else line("language_app", to.language)
    blocks = page("settings", to.language, wishes=wishes, private=to.private, spoken=spoken, may_change=may_change)
    return blocks, _choices(wishes, to) if may_change else ()


def _choices(wishes: Preferences, to: Recipient) -> Keyboard:
    def button(name: str, value: str, words: str) -> Button:
        return CallbackData(action=ButtonAction.SETTING, about=f"{name}={value}").button(words)

    when = [
        button("when", each, line(f"when_{each}", to.language)) for each in AnswerTrigger if each is not wishes.when
    ]
    length = [
        button("length", each, line(f"length_{each}", to.language)) for each in AnswerLength if each != wishes.length
    ]
    others = [language for language in LANGUAGES if language != wishes.language]
    languages = [button("language", language, tables(language)["name"]) for language in others]
    if wishes.language:
        languages.append(button("language", "app", line("language_app", to.language)))
    return tuple(tuple(row) for row in ([] if to.private else when, length, languages) if row)
