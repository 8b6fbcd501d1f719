"""The page of `/settings`: a chat's preferences in words, with buttons to change them."""

from __future__ import annotations

from bot.chat.persistence.preferences import Length, Preferences, When
from bot.chat.types import LANGUAGES, Listener
from bot.chat.views.buttons import Button, Keyboard, Press, Verb
from bot.chat.views.i18n import Blocks, line, page, tables


def shown(wishes: Preferences, to: Listener, *, may_change: bool) -> tuple[Blocks, Keyboard]:
    """A chat's wishes in words, with buttons for what else it could wish where it may."""
    spoken = tables(wishes.language)["name"] if wishes.language else line("language_app", to.language)
    blocks = page("settings", to.language, wishes=wishes, private=to.private, spoken=spoken, may_change=may_change)
    return blocks, _choices(wishes, to) if may_change else ()


def _choices(wishes: Preferences, to: Listener) -> Keyboard:
    def button(name: str, value: str, words: str) -> Button:
        return Press(verb=Verb.SETTING, about=f"{name}={value}").button(words)

    when = [button("when", each, line(f"when_{each}", to.language)) for each in When if each is not wishes.when]
    length = [button("length", each, line(f"length_{each}", to.language)) for each in Length if each != wishes.length]
    others = [language for language in LANGUAGES if language != wishes.language]
    languages = [button("language", language, tables(language)["name"]) for language in others]
    if wishes.language:
        languages.append(button("language", "app", line("language_app", to.language)))
    return tuple(tuple(row) for row in ([] if to.private else when, length, languages) if row)
