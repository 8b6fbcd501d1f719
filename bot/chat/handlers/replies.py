"""Answers a request: composed in the worker thread, sent, and stored for buttons and the next question."""

from __future__ import annotations

import asyncio

from bot.chat.features import ChatServices
from bot.chat.incoming.routing import Request
from bot.chat.persistence.answers import AnswerStore, ShownAnswer
from bot.chat.persistence.conversations import NOTHING_BEFORE, ConversationContext, Conversations
from bot.chat.persistence.delivery_database import SentMessage
from bot.chat.responses.responder import Responder, Response
from bot.chat.types import Place, Recipient
from retrieval.models import Record


class IncomingQuestion(Record):
    """A request, what it continues, and where and for whom its reply is; ``asker`` is None where unknown."""

    place: Place
    request: Request
    to: Recipient
    asker: int | None = None
    before: ConversationContext = NOTHING_BEFORE


class Replier:
    """Replies to requests; one message has one reply, which changes when the message is edited."""

    def __init__(self, services: ChatServices) -> None:
        self._responder = Responder(services.service, services.database, editors=services.has_editors)
        self._sender = services.sender
        self._worker = services.worker
        self._answers = AnswerStore(services.database)
        self._conversations = Conversations(services.database)

    async def reply(self, question: IncomingQuestion) -> tuple[SentMessage, ...]:
        """Send the response, in the place of an earlier reply to the same message."""
        response = await asyncio.get_running_loop().run_in_executor(
            self._worker, self._responder.respond, question.request, question.to, question.before
        )
        if response.answer is not None:
            self._answers.keep(response.answer)  # before it is sent: a button may be pressed at once
        sent = await self._sender.deliver(question.place, response.parts)
        self._store(question, response, tuple(each.message_id for each in sent))
        return sent

    def _store(self, question: IncomingQuestion, response: Response, messages: tuple[int, ...]) -> None:
        chat_id = question.place.chat_id
        if response.answer is not None:
            shown = ShownAnswer(answer=response.answer.id, below_id=question.place.question_id, asker=question.asker)
            self._answers.show(chat_id, messages, shown)
        if response.state is not None:
            self._conversations.note(chat_id, messages, response.state, question.asker)
