"""The end of a conversation: /new, and the button that answers a question again without what was carried over."""

from __future__ import annotations

from telegram import Update
from telegram.ext import ContextTypes, MessageHandler

from bot.chat.commands import Action
from bot.chat.features import ChatServices, Feature
from bot.chat.handlers.buttons import ButtonAccess, button_handler, on_unknown, reply
from bot.chat.handlers.replies import IncomingQuestion, Replier
from bot.chat.incoming import adapters
from bot.chat.incoming.filters import ActionFilter
from bot.chat.incoming.routing import Request
from bot.chat.persistence.answers import AnswerStore
from bot.chat.persistence.conversations import Conversations
from bot.chat.persistence.preferences import PreferenceStore
from bot.chat.views.buttons import ButtonAction
from bot.chat.views.i18n import page
from bot.chat.views.renderer import render


def followup_feature(services: ChatServices) -> Feature:
    """The end of a conversation."""
    conversations, handlers = Conversations(services.database), ConversationEndHandlers(services)
    return Feature(
        handlers=(
            MessageHandler(ActionFilter(Action.NEW), handlers.on_command),
            button_handler(handlers.on_press, ButtonAction.DROP_CONTEXT),
        ),
        updates=(Update.MESSAGE, Update.CALLBACK_QUERY),
        forget=conversations.forget,
        clean=conversations.drop_before,
    )


class ConversationEndHandlers:
    """Handles /new and the button that drops what was carried over."""

    def __init__(self, services: ChatServices) -> None:
        self._sender = services.sender
        self._replier = Replier(services)
        self._answers = AnswerStore(services.database)
        self._access = ButtonAccess(self._answers)
        self._preferences = PreferenceStore(services.database)
        self._conversations = Conversations(services.database)

    async def on_command(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Forget the conversation of this chat."""
        if (message := update.effective_message) is None:
            return
        self._conversations.forget(message.chat_id)
        to = adapters.recipient(message, context.bot, self._preferences)
        await self._sender.deliver(adapters.place(message), render(page("new", to.language)))

    async def on_press(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Answer the question again without the conversation before it, in the place of the answer."""
        if (press := await self._access.check(update)) is None:
            return
        shown = self._answers.shown(press.message.chat_id, press.message.message_id)
        if shown is None:
            await on_unknown(update, context)
            return
        await reply(press.query)
        to = adapters.presser(press.query, press.message, context.bot, self._preferences)
        question = IncomingQuestion(
            place=press.place.model_copy(update={"question_id": shown.below_id}),
            request=Request(action=Action.ANSWER, text=press.answer.question),
            to=to.model_copy(update={"today": press.answer.day}),
            asker=shown.asker,
        )
        await self._replier.reply(question)
