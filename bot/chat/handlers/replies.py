"""A reply from hearing to remembering: said in a worker thread, sent, and kept for buttons and the next question."""

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
    """What was heard from whom, after what; and where the reply goes. ``asker`` is None where nobody can tell."""

    place: Place
    heard: Request
    to: Recipient
    asker: int | None = None
    before: ConversationContext = NOTHING_BEFORE


class Replier:
    """Replies to what was heard, once for each message of a person."""

    def __init__(self, desk: ChatServices) -> None:
        self._speaker = Responder(desk.service, desk.memory, editors=desk.has_editors)
        self._delivery = desk.delivery
        self._worker = desk.worker
        self._answers = AnswerStore(desk.memory)
        self._talks = Conversations(desk.memory)

    async def reply(self, asked: IncomingQuestion) -> tuple[SentMessage, ...]:
        """Say what there is to say, in the place of an earlier reply to the same message."""
        spoken = await asyncio.get_running_loop().run_in_executor(
            self._worker, self._speaker.speak, asked.heard, asked.to, asked.before
        )
        if spoken.answered is not None:
            self._answers.keep(spoken.answered)  # before it is sent: a button may be pressed at once
        sent = await self._delivery.deliver(asked.place, spoken.parts)
        self._remember(asked, spoken, tuple(each.message_id for each in sent))
        return sent

    def _remember(self, asked: IncomingQuestion, spoken: Response, messages: tuple[int, ...]) -> None:
        chat_id = asked.place.chat_id
        if spoken.answered is not None:
            shown = ShownAnswer(answer=spoken.answered.id, below_id=asked.place.question_id, asker=asked.asker)
            self._answers.show(chat_id, messages, shown)
        if spoken.turn is not None:
            self._talks.note(chat_id, messages, spoken.turn, asked.asker)
