"""What each talk is about: the turn that every answer made of it, for replies to it and for the next question."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from bot.answering.dialogue.state import DialogueState
from bot.chat.persistence.chat_database import ChatDatabase
from retrieval.models import Record

MOST_TURNS: Final = 5_000
# seconds after which the next question of a direct chat no longer leans on the last answer, and after which it is
# no longer said that it does not
FRESH: Final = 30 * 60
WORTH_A_WORD: Final = 24 * 60 * 60


class ConversationContext(Record):
    """What a question may lean on: the talk before it, or words that somebody points at.

    ``answer`` is the id of the answer that is replied to.
    ``lapsed`` is a talk that is over since a while ago: the question is not answered from it, but told so.
    """

    previous: DialogueState | None = None
    pointed_at: str | None = None
    answer: str | None = None
    lapsed: DialogueState | None = None


NOTHING_BEFORE: Final = ConversationContext()


class Conversations:
    """The turns of all chats; the oldest go when there are too many."""

    def __init__(self, memory: ChatDatabase) -> None:
        self._memory = memory

    def note(self, chat_id: int, message_ids: tuple[int, ...], turn: DialogueState, asker: int | None = None) -> None:
        """Remember what the talk was about when these messages answered a person."""
        sql = "INSERT OR REPLACE INTO turns (at, chat_id, message_id, turn, asker) VALUES (?, ?, ?, ?, ?)"
        now, record = self._memory.now(), turn.model_dump_json(exclude_defaults=True)
        self._memory.run_all((sql, (now, chat_id, number, record, asker)) for number in message_ids)
        self._memory.keep_newest("turns", MOST_TURNS)

    def at(self, chat_id: int, message_id: int) -> DialogueState | None:
        """The talk as it was at an answer, or at a message that shows more of one."""
        sql = """
            SELECT turn FROM turns WHERE chat_id = ? AND message_id IN (
                ?, (SELECT below_id FROM shown WHERE chat_id = ? AND message_id = ?)
            )
        """
        rows = self._memory.rows(sql, chat_id, message_id, chat_id, message_id)
        return DialogueState.model_validate_json(rows[0][0]) if rows else None

    def answer_at(self, chat_id: int, message_id: int) -> str | None:
        """The id of the answer that a message of the bot shows."""
        rows = self._memory.rows("SELECT answer FROM shown WHERE chat_id = ? AND message_id = ?", chat_id, message_id)
        return str(rows[0][0]) if rows else None

    def before(self, chat_id: int, message_id: int) -> ConversationContext:
        """The talk that a chat's message goes on with, or that is over since a while ago."""
        sql = "SELECT turn, at FROM turns WHERE chat_id = ? AND message_id < ? ORDER BY message_id DESC LIMIT 1"
        for turn, at in self._memory.rows(sql, chat_id, message_id):
            age = self._memory.now() - at
            if age <= FRESH:
                return ConversationContext(previous=DialogueState.model_validate_json(turn))
            if age <= WORTH_A_WORD:
                return ConversationContext(lapsed=DialogueState.model_validate_json(turn))
        return NOTHING_BEFORE

    def forget(self, chat_id: int | None, user: int | None = None) -> None:
        """Forget what a chat, or a person in every chat, talked about."""
        self._memory.run("DELETE FROM turns WHERE chat_id = ? OR asker = ?", chat_id, user)

    def drop_before(self, moment: datetime) -> None:
        """Drop what is older than a moment."""
        self._memory.run("DELETE FROM turns WHERE at < ?", int(moment.timestamp()))
