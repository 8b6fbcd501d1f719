"""/delete as a reply to an answer deletes it, for who asked and for the chat's administrators."""

from __future__ import annotations

from telegram import Message, Update
from telegram.ext import ContextTypes, MessageHandler

from bot.chat.commands import Action
from bot.chat.features import ChatServices, Feature
from bot.chat.handlers.settings import is_by_chat_admin
from bot.chat.incoming import adapters
from bot.chat.incoming.filters import ActionFilter
from bot.chat.persistence.answers import AnswerStore, ShownAnswer
from bot.chat.persistence.preferences import PreferenceStore
from bot.chat.views.i18n import page
from bot.chat.views.renderer import render


def delete_feature(services: ChatServices) -> Feature:
    """The deletion of single answers."""
    return Feature(
        handlers=(MessageHandler(ActionFilter(Action.DELETE), DeleteHandler(services).on_command),),
        updates=(Update.MESSAGE, Update.CHANNEL_POST),
    )


class DeleteHandler:
    """Handles /delete."""

    def __init__(self, services: ChatServices) -> None:
        self._sender = services.sender
        self._answers = AnswerStore(services.database)
        self._preferences = PreferenceStore(services.database)

    async def on_command(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Delete the answer that is replied to, without a word; where that is not possible, say why."""
        if (message := update.effective_message) is None:
            return
        replied = message.reply_to_message
        shown = self._answers.shown(message.chat_id, replied.message_id) if replied else None
        if shown is not None and await self._may_delete(message, shown, context):
            await self._sender.withdraw(message.chat_id, shown.below_id)
            return
        to = adapters.recipient(message, context.bot, self._preferences)
        blocks = page("delete_not_yours" if shown else "delete_usage", to.language)
        await self._sender.deliver(adapters.place(message), render(blocks))

    async def _may_delete(self, message: Message, shown: ShownAnswer, context: ContextTypes.DEFAULT_TYPE) -> bool:
        asker = adapters.asker(message)
        return (asker is not None and asker == shown.asker) or await is_by_chat_admin(message, context.bot)
