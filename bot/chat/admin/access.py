"""The allow-list: where the operator names the chats that may be served, others are left or refused."""

from __future__ import annotations

import logging
from typing import Any, Final

from telegram import Update
from telegram.constants import ChatMemberStatus, ChatType
from telegram.error import TelegramError
from telegram.ext import BaseHandler, ContextTypes

from bot.chat.features import ChatServices, Feature
from bot.chat.handlers.buttons import reply
from bot.chat.incoming.adapters import place
from bot.chat.persistence.chat_database import ChatDatabase
from bot.chat.views.i18n import closest_language, line, page
from bot.chat.views.renderer import render

log = logging.getLogger(__name__)

GROUPS: Final = (ChatType.GROUP, ChatType.SUPERGROUP, ChatType.CHANNEL)


def access_feature(services: ChatServices) -> Feature:
    """The refusal of chats that may not be served; empty where every chat may be."""
    if not services.settings.allowed_chats:
        return Feature()
    allowed = AllowedChats(services.settings.allowed_chats | services.settings.admins, services.database)
    return Feature(
        handlers=(DisallowedUpdates(allowed, DisallowedHandler(services).on_update),),
        updates=(Update.MESSAGE, Update.MY_CHAT_MEMBER),
    )


class AllowedChats:
    """The chats that may be served; a group that becomes a supergroup stays one of them."""

    def __init__(self, ids: frozenset[int], database: ChatDatabase) -> None:
        self._database = database
        moved = dict(database.rows("SELECT before, after FROM moves"))
        self._ids = ids | {after for before, after in moved.items() if before in ids}

    def contains(self, update: Update) -> bool:
        """Whether an update is of a chat that may be served, or of a person who may ask in a chat of their own."""
        self._follow_migration(update)
        owner = update.effective_chat or update.effective_user
        return owner is None or owner.id in self._ids

    def _follow_migration(self, update: Update) -> None:
        message = update.message
        if message is None or not (message.migrate_to_chat_id or message.migrate_from_chat_id):
            return
        before = message.migrate_from_chat_id or message.chat_id
        after = message.migrate_to_chat_id or message.chat_id
        if before in self._ids and after not in self._ids:
            self._ids |= {after}
            self._database.run("INSERT OR REPLACE INTO moves (before, after) VALUES (?, ?)", before, after)
            log.warning("Group %d is a supergroup now: name %d in DATELINE_ALLOWED_CHATS", before, after)


class DisallowedUpdates(BaseHandler[Update, Any, Any]):
    """Accepts every update that is not of an allowed chat."""

    def __init__(self, allowed: AllowedChats, refuse: Any) -> None:
        super().__init__(refuse)
        self._allowed = allowed

    def check_update(self, update: object) -> bool:
        """Whether the update is to be refused."""
        return isinstance(update, Update) and not self._allowed.contains(update)


class DisallowedHandler:
    """Leaves groups and channels, and refuses people in one line."""

    def __init__(self, services: ChatServices) -> None:
        self._sender = services.sender

    async def on_update(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Refuse an update of a chat that is not allowed."""
        language = closest_language(update.effective_user.language_code if update.effective_user else None)
        if (query := update.callback_query) is not None:
            await reply(query, line("not_allowed", language))
        elif (typed := update.inline_query) is not None:
            await typed.answer([], is_personal=True)
        elif update.guest_message is None:
            await self._refuse(update, context, language)

    async def _refuse(self, update: Update, context: ContextTypes.DEFAULT_TYPE, language: str) -> None:
        chat = update.effective_chat
        if chat is not None and chat.type in GROUPS:
            await _leave(chat.id, update, context)
        elif (message := update.message) is not None:
            await self._sender.deliver(place(message), render(page("not_allowed", language)))


async def _leave(chat_id: int, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    changed = update.my_chat_member
    if changed is not None and changed.new_chat_member.status in (ChatMemberStatus.LEFT, ChatMemberStatus.BANNED):
        return  # the bot is out already
    try:
        await context.bot.leave_chat(chat_id)
        log.info("Left chat %d, which is not in DATELINE_ALLOWED_CHATS", chat_id)
    except TelegramError as error:
        log.info("Chat %d could not be left: %s", chat_id, error)
