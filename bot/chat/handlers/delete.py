"""/delete as a reply to an answer takes the answer out of the chat, for who asked and for the chat's administrators."""

from __future__ import annotations

from telegram import Message, Update
from telegram.ext import ContextTypes, MessageHandler

from bot.chat.commands import Action
from bot.chat.features import ChatServices, Feature
from bot.chat.handlers.settings import administers
from bot.chat.incoming import adapters
from bot.chat.incoming.filters import ActFilter
from bot.chat.persistence.answers import AnswerStore, ShownAnswer
from bot.chat.persistence.preferences import PreferenceStore
from bot.chat.views.i18n import page
from bot.chat.views.renderer import render


def deleting(desk: ChatServices) -> Feature:
    """Answers that somebody wants gone."""
    return Feature(
        handlers=(MessageHandler(ActFilter(Action.DELETE), DeleteHandlers(desk).on_command),),
        updates=(Update.MESSAGE, Update.CHANNEL_POST),
    )


class DeleteHandlers:
    """Handles /delete."""

    def __init__(self, desk: ChatServices) -> None:
        self._delivery = desk.delivery
        self._answers = AnswerStore(desk.memory)
        self._chats = PreferenceStore(desk.memory)

    async def on_command(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Delete the answer that is replied to; say nothing where that is done, else why not."""
        if (message := update.effective_message) is None:
            return
        above = message.reply_to_message
        shown = self._answers.shown(message.chat_id, above.message_id) if above else None
        if shown is not None and await self._may_delete(message, shown, context):
            await self._delivery.withdraw(message.chat_id, shown.below_id)
            return
        to = self._chats.of(message.chat_id).suit(adapters.listener(message, context.bot))
        told = page("delete_not_yours" if shown else "delete_usage", to.language)
        await self._delivery.deliver(adapters.place(message), render(told))

    async def _may_delete(self, message: Message, shown: ShownAnswer, context: ContextTypes.DEFAULT_TYPE) -> bool:
        asker = adapters.asker(message)
        if asker is not None and asker == shown.asker:
            return True
        for_chat = message.sender_chat is not None and message.sender_chat.id == message.chat_id
        return for_chat or await administers(message, asker, context.bot)
