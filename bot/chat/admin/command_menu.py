"""Sends Telegram the menus of commands: one for each kind of chat, in each language of the bot."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator, Sequence
from typing import Any, Final

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeDefault,
)
from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.chat.commands import MenuScope, menu_of
from bot.chat.types import DEFAULT, LANGUAGES
from bot.chat.views.i18n import menu

log = logging.getLogger(__name__)

SCOPES: Final = {
    MenuScope.DEFAULT: BotCommandScopeDefault(),
    MenuScope.PRIVATE: BotCommandScopeAllPrivateChats(),
    MenuScope.GROUPS: BotCommandScopeAllGroupChats(),
    MenuScope.GROUP_ADMINS: BotCommandScopeAllChatAdministrators(),
}


async def send_menus(bot: Bot | ExtBot[Any], admins: Collection[int]) -> None:
    """Give Telegram every menu; the bot's administrators have one of their own in their direct chats.

    A menu without a language code is for the apps whose language the bot does not speak
    (https://core.telegram.org/bots/api#setmycommands). What Telegram refuses is logged: an administrator who never
    wrote to the bot has no chat with it yet.
    """
    for menu_scope, scope in _scopes(admins):
        try:
            for language in (None, *LANGUAGES):
                await bot.set_my_commands(_commands(menu_scope, language or DEFAULT), scope, language)
        except TelegramError as error:
            log.warning("The menu of commands was not accepted for %s: %s", scope.to_dict(), error)


def _scopes(admins: Collection[int]) -> Iterator[tuple[MenuScope, BotCommandScope]]:
    yield from SCOPES.items()
    yield from ((MenuScope.BOT_ADMINS, BotCommandScopeChat(admin)) for admin in sorted(admins))


def _commands(scope: MenuScope, language: str) -> Sequence[BotCommand]:
    descriptions = menu(language)
    return [BotCommand(command.name, descriptions[command.name]) for command in menu_of(scope)]
