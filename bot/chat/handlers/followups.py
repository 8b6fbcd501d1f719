"""Follow-up questions: which talk a message goes on with, the button that drops it, and /new."""

from __future__ import annotations

from telegram import Message, Update
from telegram.ext import ContextTypes, MessageHandler

from bot.chat.commands import Action
from bot.chat.features import ChatServices, Feature
from bot.chat.handlers.buttons import button_handler, on_unknown, reply
from bot.chat.handlers.replies import IncomingQuestion, Replier
from bot.chat.incoming import adapters
from bot.chat.incoming.filters import ActFilter
from bot.chat.incoming.routing import Request
from bot.chat.persistence.answers import AnswerStore
from bot.chat.persistence.conversations import Conversations
from bot.chat.persistence.preferences import PreferenceStore
from bot.chat.views.buttons import ButtonAction, CallbackData
from bot.chat.views.i18n import line, page
from bot.chat.views.renderer import render


def following(desk: ChatServices) -> Feature:
    """The end of a talk."""
    talks, ending = Conversations(desk.memory), ConversationEndHandlers(desk)
    return Feature(
        handlers=(
            MessageHandler(ActFilter(Action.NEW), ending.on_command),
            button_handler(ending.on_press, ButtonAction.DROP_CONTEXT),
        ),
        updates=(Update.MESSAGE, Update.CALLBACK_QUERY),
        forget=talks.forget,
        clean=talks.drop_before,
    )


class ConversationEndHandlers:
    """Handles /new and the button that drops what was carried over."""

    def __init__(self, desk: ChatServices) -> None:
        self._delivery = desk.delivery
        self._replying = Replier(desk)
        self._answers = AnswerStore(desk.memory)
        self._chats = PreferenceStore(desk.memory)
        self._talks = Conversations(desk.memory)

    async def on_command(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Forget what this chat talked about."""
        if (message := update.effective_message) is None:
            return
        self._talks.forget(message.chat_id)
        to = self._chats.of(message.chat_id).suit(adapters.listener(message, context.bot))
        await self._delivery.deliver(adapters.place(message), render(page("new", to.language)))

    async def on_press(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Answer the question again as if nothing had come before it, in the place of the answer."""
        query = update.callback_query
        press = CallbackData.read(query.data or "") if query else None
        message = query.message if query else None
        answered = self._answers.find(press.about) if press else None
        shown = self._answers.shown(message.chat.id, message.message_id) if message else None
        if query is None or answered is None or shown is None or not isinstance(message, Message):
            await on_unknown(update, context)
            return
        to = self._chats.of(message.chat_id).suit(adapters.presser(query, message, context.bot))
        if shown.asker not in (None, query.from_user.id):
            await reply(query, line("not_yours", to.language))
            return
        await reply(query)
        place = adapters.place(message).model_copy(update={"question_id": shown.below_id})
        heard = Request(action=Action.ANSWER, text=answered.question)
        then = to.model_copy(update={"today": answered.day})
        await self._replying.reply(IncomingQuestion(place=place, heard=heard, to=then, asker=shown.asker))
