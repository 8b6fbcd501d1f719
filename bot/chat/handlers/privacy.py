"""/privacy and /forget: what is stored about a person, and its deletion, also where a chat removes the bot."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from telegram import ChatMember, Message, Update
from telegram.constants import ChatMemberStatus, ChatType
from telegram.ext import ChatMemberHandler, ContextTypes, MessageHandler

from bot.chat.commands import Action
from bot.chat.features import ChatServices, Feature
from bot.chat.incoming.adapters import asker, place, recipient
from bot.chat.incoming.filters import ActionFilter
from bot.chat.persistence.preferences import PreferenceStore
from bot.chat.views.i18n import Blocks, page
from bot.chat.views.renderer import render


def privacy_feature(services: ChatServices, features: Sequence[Feature]) -> Feature:
    """The deletion of all that these features store."""
    handlers = PrivacyHandlers(services, features)
    return Feature(
        handlers=(
            MessageHandler(ActionFilter(Action.PRIVACY), handlers.on_privacy),
            MessageHandler(ActionFilter(Action.FORGET), handlers.on_forget),
            ChatMemberHandler(handlers.on_membership, ChatMemberHandler.MY_CHAT_MEMBER),
        ),
        updates=(Update.MESSAGE, Update.CHANNEL_POST, Update.MY_CHAT_MEMBER),
    )


class PrivacyHandlers:
    """Handles /privacy, /forget, and chats that block or remove the bot."""

    def __init__(self, services: ChatServices, features: Sequence[Feature]) -> None:
        self._services = services
        self._forgets = [feature.forget for feature in features if feature.forget is not None]
        self._preferences = PreferenceStore(services.database)

    async def on_privacy(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Show what is stored, for how long, and how it is deleted."""
        if (message := update.effective_message) is not None:
            to = recipient(message, context.bot, self._preferences)
            await self._show(message, page("privacy", to.language, days=self._services.settings.retention_days))

    async def on_forget(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Delete everything of a person in every chat, or of a chat in whose name somebody writes, and confirm it."""
        if (message := update.effective_message) is None:
            return
        # read before the chat's language is forgotten as well
        to = recipient(message, context.bot, self._preferences)
        person = asker(message)
        own_chat = person or message.chat_id  # a person's direct chat has that person's id
        await asyncio.to_thread(self._forget, own_chat, person, update.update_id)
        await self._show(message, page("forgotten_person" if person else "forgotten_chat", to.language))
        # the confirmation was recorded as a delivery to this person
        await asyncio.to_thread(self._services.deliveries.forget, own_chat, person, update.update_id)

    async def on_membership(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Forget a chat that removed the bot."""
        changed = update.my_chat_member
        if changed is not None and _is_out(changed.new_chat_member, changed.chat.type):
            private = changed.chat.type == ChatType.PRIVATE
            person = changed.chat.id if private else None
            await asyncio.to_thread(self._forget, changed.chat.id, person, update.update_id)

    def _forget(self, chat_id: int, user: int | None, except_update: int) -> None:
        for forget in self._forgets:
            forget(chat_id, None)
            if user is not None:
                forget(None, user)
        self._services.database.checkpoint()
        self._services.deliveries.forget(chat_id, user, except_update)

    async def _show(self, message: Message, blocks: Blocks) -> None:
        await self._services.sender.deliver(place(message), render(blocks))


def _is_out(now: ChatMember, kind: str) -> bool:
    """Whether the bot was blocked or removed; a basic group is also left when it becomes a supergroup."""
    left = now.status == ChatMemberStatus.LEFT and kind != ChatType.GROUP
    return left or now.status == ChatMemberStatus.BANNED
