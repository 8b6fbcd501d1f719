"""The buttons that go on from an answer: what could be asked next, and asking it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
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


def going_on(desk: ChatServices) -> Feature:
    """Next questions."""
    return Feature(
        handlers=(button_handler(SuggestionHandlers(desk).on_press, ButtonAction.SUGGEST, ButtonAction.ASK),),
        updates=(Update.CALLBACK_QUERY,),
    )


class SuggestionHandlers:
    """Handles the button below an answer that offers questions, and the buttons with these questions."""

    def __init__(self, desk: ChatServices) -> None:
        self._desk = desk
        self._answers = AnswerStore(desk.memory)
        self._admission = ButtonAccess(self._answers)
        self._speaker = Responder(desk.service, desk.memory, editors=desk.has_editors)
        self._suggestions = QuestionSuggester(desk.service)
        self._chats = PreferenceStore(desk.memory)
        self._talks = Conversations(desk.memory)

    async def on_press(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Offer questions below the answer, or answer the one that was chosen below these."""
        if (pressed := await self._admission.admit(update)) is None:
            return
        message = pressed.message
        to = self._chats.of(message.chat_id).suit(presser(pressed.query, message, context.bot))
        say: Callable[[StoredAnswer, Recipient], Response] = (
            self._asked if pressed.press.action is ButtonAction.ASK else self._offered
        )
        work = asyncio.get_running_loop().run_in_executor
        spoken = await work(self._desk.worker, say, pressed.answered, to)
        sent = await self._desk.delivery.deliver(pressed.place, spoken.parts)
        numbers = tuple(each.message_id for each in sent)
        shown = spoken.answered.id if spoken.answered else pressed.answered.id
        self._answers.show(message.chat_id, numbers, pressed.shown.model_copy(update={"answer": shown}))
        if spoken.turn is not None:
            self._talks.note(message.chat_id, numbers, spoken.turn)

    def _offered(self, answered: StoredAnswer, to: Recipient) -> Response:
        """Questions to go on with, each with a button that asks it."""
        found = self._suggestions.after(answered)
        if not found:
            return Response(parts=render(page("next_none", to.language)))
        for each in found:
            self._answers.keep(each)
        blocks = page("next_questions", to.language, questions=[each.question for each in found])
        return Response(parts=render(blocks, buttons_for(found)))

    def _asked(self, chosen: StoredAnswer, to: Recipient) -> Response:
        """The answer to a question that was chosen, below the question."""
        then = to.model_copy(update={"today": chosen.day})
        return self._speaker.answer(chosen.question, then, before=(f"<i>{escape(chosen.question)}</i>",))
