"""The button that suggests questions after an answer, and the buttons that ask them."""

from __future__ import annotations

import asyncio
from html import escape

from telegram import Update
from telegram.ext import ContextTypes

from bot.chat.features import ChatServices, Feature
from bot.chat.handlers.buttons import ButtonAccess, button_handler
from bot.chat.incoming.adapters import presser
from bot.chat.persistence.answers import AnswerStore, StoredAnswer
from bot.chat.persistence.conversations import Conversations
from bot.chat.persistence.preferences import PreferenceStore
from bot.chat.responses.responder import Responder, Response
from bot.chat.responses.suggested_questions import QuestionSuggester, buttons_for
from bot.chat.types import Recipient
from bot.chat.views.buttons import ButtonAction
from bot.chat.views.i18n import page
from bot.chat.views.renderer import render


def suggestion_feature(services: ChatServices) -> Feature:
    """Suggested questions."""
    handler = button_handler(SuggestionHandlers(services).on_press, ButtonAction.SUGGEST, ButtonAction.ASK)
    return Feature(handlers=(handler,), updates=(Update.CALLBACK_QUERY,))


class SuggestionHandlers:
    """Handles the button below an answer that suggests questions, and the buttons with these questions."""

    def __init__(self, services: ChatServices) -> None:
        self._sender = services.sender
        self._worker = services.worker
        self._answers = AnswerStore(services.database)
        self._access = ButtonAccess(self._answers)
        self._responder = Responder(services.service, services.database, editors=services.has_editors)
        self._suggester = QuestionSuggester(services.service)
        self._preferences = PreferenceStore(services.database)
        self._conversations = Conversations(services.database)

    async def on_press(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Suggest questions below the answer, or answer the one that was chosen below these."""
        if (press := await self._access.admit(update)) is None:
            return
        chat_id, to = press.message.chat_id, presser(press.query, press.message, context.bot, self._preferences)
        respond = self._answer if press.data.action is ButtonAction.ASK else self._suggest
        work = asyncio.get_running_loop().run_in_executor
        response = await work(self._worker, respond, press.answer, to)
        sent = await self._sender.deliver(press.place, response.parts)
        messages = tuple(each.message_id for each in sent)
        shown = response.answer or press.answer
        self._answers.show(chat_id, messages, press.shown.model_copy(update={"answer": shown.id}))
        if response.state is not None:
            self._conversations.note(chat_id, messages, response.state)

    def _suggest(self, answer: StoredAnswer, to: Recipient) -> Response:
        """Questions that follow an answer, each with a button that asks it."""
        found = self._suggester.after(answer)
        if not found:
            return Response(parts=render(page("next_none", to.language)))
        for each in found:
            self._answers.keep(each)
        blocks = page("next_questions", to.language, questions=[each.question for each in found])
        return Response(parts=render(blocks, buttons_for(found)))

    def _answer(self, chosen: StoredAnswer, to: Recipient) -> Response:
        """The answer to a suggested question, below the question."""
        that_day = to.model_copy(update={"today": chosen.day})
        return self._responder.answer(chosen.question, that_day, before=(f"<i>{escape(chosen.question)}</i>",))
