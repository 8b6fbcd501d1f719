"""/delete as a reply to an answer takes the answer out of the chat, for who asked and for the chat's administrators."""

from __future__ import annotations

from telegram import Message, Update
from telegram.ext import ContextTypes, MessageHandler

from bot.chat.features import Desk, Feature
from bot.chat.handlers.settings import administers
from bot.chat.incoming import adapters as facts
from bot.chat.incoming.filters import Hears
from bot.chat.incoming.routing import Act
from bot.chat.persistence.answers import Answers, Shown
from bot.chat.persistence.preferences import Chats
from bot.chat.views.i18n import page
from bot.chat.views.renderer import render


def deleting(desk: Desk) -> Feature:
    """Answers that somebody wants gone."""
    return Feature(
        handlers=(MessageHandler(Hears(Act.DELETE), Deleting(desk).on_command),),
        updates=(Update.MESSAGE, Update.CHANNEL_POST),
        commands={"delete": "As a reply to an answer: take it away"},
    )


class Deleting:
    """Handles /delete."""

    def __init__(self, desk: Desk) -> None:
        self._delivery = desk.delivery
        self._answers = Answers(desk.memory)
        self._chats = Chats(desk.memory)

    async def on_command(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Delete the answer that is replied to; say nothing where that is done, else why not."""
        if (message := update.effective_message) is None:
            return
        above = message.reply_to_message
        shown = self._answers.shown(message.chat_id, above.message_id) if above else None
        if shown is not None and await self._may_delete(message, shown, context):
            await self._delivery.withdraw(message.chat_id, shown.below_id)
            return
        to = self._chats.of(message.chat_id).suit(facts.listener(message, context.bot))
        told = page("delete_not_yours" if shown else "delete_usage", to.language)
        await self._delivery.deliver(facts.place(message), render(told))

    async def _may_delete(self, message: Message, shown: Shown, context: ContextTypes.DEFAULT_TYPE) -> bool:
        asker = facts.asker(message)
        if asker is not None and asker == shown.asker:
            return True
        for_chat = message.sender_chat is not None and message.sender_chat.id == message.chat_id
        return for_chat or await administers(message, asker, context.bot)
