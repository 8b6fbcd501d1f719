"""A reply from hearing to remembering: said in a worker thread, sent, and kept for buttons and the next question."""

from __future__ import annotations

import asyncio

from bot.chat.features import Desk
from bot.chat.incoming.routing import Heard
from bot.chat.persistence.answers import Answers, Shown
from bot.chat.persistence.conversations import NOTHING_BEFORE, Context, Talks
from bot.chat.persistence.delivery_database import Sent
from bot.chat.responses.responder import Speaker, Spoken
from bot.chat.types import Listener, Place
from retrieval.models import Record


class Asked(Record):
    """What was heard from whom, after what; and where the reply goes. ``asker`` is None where nobody can tell."""

    place: Place
    heard: Heard
    to: Listener
    asker: int | None = None
    before: Context = NOTHING_BEFORE


class Replying:
    """Replies to what was heard, once for each message of a person."""

    def __init__(self, desk: Desk) -> None:
        self._speaker = Speaker(desk.service, desk.memory, editors=desk.has_editors)
        self._delivery = desk.delivery
        self._worker = desk.worker
        self._answers = Answers(desk.memory)
        self._talks = Talks(desk.memory)

    async def reply(self, asked: Asked) -> tuple[Sent, ...]:
        """Say what there is to say, in the place of an earlier reply to the same message."""
        spoken = await asyncio.get_running_loop().run_in_executor(
            self._worker, self._speaker.speak, asked.heard, asked.to, asked.before
        )
        if spoken.answered is not None:
            self._answers.keep(spoken.answered)  # before it is sent: a button may be pressed at once
        sent = await self._delivery.deliver(asked.place, spoken.parts)
        self._remember(asked, spoken, tuple(each.message_id for each in sent))
        return sent

    def _remember(self, asked: Asked, spoken: Spoken, messages: tuple[int, ...]) -> None:
        chat_id = asked.place.chat_id
        if spoken.answered is not None:
            shown = Shown(answer=spoken.answered.id, below_id=asked.place.question_id, asker=asked.asker)
            self._answers.show(chat_id, messages, shown)
        if spoken.turn is not None:
            self._talks.note(chat_id, messages, spoken.turn, asked.asker)
