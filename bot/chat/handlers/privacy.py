"""/privacy and /forget: what is remembered of a person, and its end; a chat that shuts the bot out is forgotten too."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from telegram import ChatMember, Message, Update
from telegram.constants import ChatMemberStatus, ChatType
from telegram.ext import ChatMemberHandler, ContextTypes, MessageHandler

from bot.chat.features import ChatServices, Feature
from bot.chat.incoming.adapters import asker, listener, place
from bot.chat.incoming.filters import ActFilter
from bot.chat.incoming.routing import Act
from bot.chat.persistence.preferences import PreferenceStore
from bot.chat.views.i18n import Blocks, page
from bot.chat.views.renderer import render


def forgetting(desk: ChatServices, features: Sequence[Feature]) -> Feature:
    """The end of all that the features remember."""
    ends = PrivacyHandlers(desk, features)
    return Feature(
        handlers=(
            MessageHandler(ActFilter(Act.PRIVACY), ends.on_privacy),
            MessageHandler(ActFilter(Act.FORGET), ends.on_forget),
            ChatMemberHandler(ends.on_membership, ChatMemberHandler.MY_CHAT_MEMBER),
        ),
        updates=(Update.MESSAGE, Update.CHANNEL_POST, Update.MY_CHAT_MEMBER),
        commands={"privacy": "What I remember of you", "forget": "Forget what I remember of you"},
    )


class PrivacyHandlers:
    """Handles /privacy, /forget, and the bot's being blocked or thrown out."""

    def __init__(self, desk: ChatServices, features: Sequence[Feature]) -> None:
        self._desk = desk
        self._forgets = [feature.forget for feature in features if feature.forget is not None]
        self._chats = PreferenceStore(desk.memory)

    async def on_privacy(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Say what is remembered, for how long, and how it is forgotten."""
        if (message := update.effective_message) is not None:
            to = self._chats.of(message.chat_id).suit(listener(message, context.bot))
            await self._say(message, page("privacy", to.language, days=self._desk.settings.retention_days))

    async def on_forget(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Forget everything of a person in every chat, or of a chat in whose name somebody writes; say so."""
        if (message := update.effective_message) is None:
            return
        to = self._chats.of(message.chat_id).suit(listener(message, context.bot))
        person, chat_id = asker(message), message.chat_id
        told = page("forgotten_person" if person else "forgotten_chat", to.language)
        own = person or chat_id  # a person's direct chat has that person's id
        await asyncio.to_thread(self._forget, own, person, update.update_id)
        await self._say(message, told)
        await asyncio.to_thread(self._desk.state.forget, own, person, update.update_id)

    async def on_membership(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Forget a chat that the bot was shut out of."""
        changed = update.my_chat_member
        if changed is not None and _is_out(changed.new_chat_member, changed.chat.type):
            private = changed.chat.type == ChatType.PRIVATE
            person = changed.chat.id if private else None
            await asyncio.to_thread(self._forget, changed.chat.id, person, update.update_id)

    def _forget(self, chat_id: int, user: int | None, but: int) -> None:
        for forget in self._forgets:
            forget(chat_id, None)
            if user is not None:
                forget(None, user)
        self._desk.memory.checkpoint()
        self._desk.state.forget(chat_id, user, but)

    async def _say(self, message: Message, blocks: Blocks) -> None:
        await self._desk.delivery.deliver(place(message), render(blocks))


def _is_out(now: ChatMember, kind: str) -> bool:
    """Whether the bot was blocked or thrown out; a basic group is also left when it becomes a supergroup."""
    left = now.status == ChatMemberStatus.LEFT and kind != ChatType.GROUP
    return left or now.status == ChatMemberStatus.BANNED
