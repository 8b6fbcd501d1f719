"""The menus that Telegram receives."""

from __future__ import annotations

import asyncio
from typing import Any

from telegram.error import BadRequest

from bot.chat.admin.command_menu import send_menus
from bot.chat.types import LANGUAGES
from bot.chat.views.i18n import menu

ADMIN, STRANGER = 2001, 2002


class MenuBot:
    """Keeps the menus it is given, by scope and language; it has no chat with a stranger."""

    def __init__(self) -> None:
        self.menus: dict[tuple[object, str | None], dict[str, str]] = {}

    async def set_my_commands(self, commands: Any, scope: Any, language: str | None) -> None:
        chat = getattr(scope, "chat_id", None)
        if chat == STRANGER:
            raise BadRequest("Chat not found")
        self.menus[chat or scope.type, language] = {each.command: each.description for each in commands}


def sent(*admins: int) -> dict[tuple[object, str | None], dict[str, str]]:
    bot = MenuBot()
    asyncio.run(send_menus(bot, admins))  # type: ignore[arg-type]
    return bot.menus


def test_every_scope_has_a_menu_in_every_language():
    menus = sent(ADMIN)
    scopes = {"default", "all_private_chats", "all_group_chats", "all_chat_administrators", ADMIN}
    assert set(menus) == {(scope, language) for scope in scopes for language in (None, *LANGUAGES)}
    for (scope, language), shown in menus.items():
        texts = menu(language or "en")
        assert shown == {name: texts[name] for name in shown}, scope


def test_only_the_bots_administrators_see_their_commands():
    menus = sent(ADMIN)
    assert {scope for (scope, _), shown in menus.items() if "add" in shown} == {ADMIN}


def test_an_administrator_without_a_chat_keeps_nobody_else_from_a_menu(caplog):
    menus = sent(ADMIN, STRANGER)
    assert (ADMIN, "ru") in menus
    assert caplog.text.count("Chat not found") == 1
