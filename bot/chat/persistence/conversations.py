"""Stores the dialogue state after each answer, for replies to it and for the next question."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from bot.answering.dialogue.state import DialogueState
from bot.chat.persistence.chat_database import ChatDatabase
from retrieval.models import Record

MOST_TURNS: Final = 5_000
# seconds after an answer in which the next question of a direct chat continues the conversation, and in which a reader
# is still shown that it does not
FRESH: Final = 30 * 60
MENTIONED: Final = 24 * 60 * 60


class ConversationContext(Record):
    """What a question may depend on: the conversation before it, or words that it quotes or replies to.

    ``answer`` is the id of the answer that is replied to. ``lapsed`` is a conversation that ended a while ago: the
    question is not answered from it, and the reader is shown so.
    """

    previous: DialogueState | None = None
    pointed_at: str | None = None
    answer: str | None = None
    lapsed: DialogueState | None = None


NOTHING_BEFORE: Final = ConversationContext()


class Conversations:
    """The dialogue states of all chats; the oldest go when there are too many."""

    def __init__(self, database: ChatDatabase) -> None:
        self._database = database

    def note(self, chat_id: int, message_ids: tuple[int, ...], state: DialogueState, asker: int | None = None) -> None:
        """Store the state of the conversation after these messages answered a person."""
        sql = "INSERT OR REPLACE INTO turns (at, chat_id, message_id, turn, asker) VALUES (?, ?, ?, ?, ?)"
        now, record = self._database.now(), state.model_dump_json(exclude_defaults=True)
        self._database.run_all((sql, (now, chat_id, number, record, asker)) for number in message_ids)
        self._database.keep_newest("turns", MOST_TURNS)

    def at(self, chat_id: int, message_id: int) -> DialogueState | None:
        """The state of the conversation at an answer, or at a message that shows more of one."""
        sql = """
            SELECT turn FROM turns WHERE chat_id = ? AND message_id IN (
                ?, (SELECT below_id FROM shown WHERE chat_id = ? AND message_id = ?)
            )
        """
        rows = self._database.rows(sql, chat_id, message_id, chat_id, message_id)
        return DialogueState.model_validate_json(rows[0][0]) if rows else None

    def answer_at(self, chat_id: int, message_id: int) -> str | None:
        """The id of the answer that a message of the bot shows."""
        rows = self._database.rows("SELECT answer FROM shown WHERE chat_id = ? AND message_id = ?", chat_id, message_id)
        return str(rows[0][0]) if rows else None

    def before(self, chat_id: int, message_id: int) -> ConversationContext:
        """The conversation that a chat's message continues, or that ended a while ago."""
        sql = "SELECT turn, at FROM turns WHERE chat_id = ? AND message_id < ? ORDER BY message_id DESC LIMIT 1"
        for state, at in self._database.rows(sql, chat_id, message_id):
            age = self._database.now() - at
            if age <= FRESH:
                return ConversationContext(previous=DialogueState.model_validate_json(state))
            if age <= MENTIONED:
                return ConversationContext(lapsed=DialogueState.model_validate_json(state))
        return NOTHING_BEFORE

    def forget(self, chat_id: int | None, user: int | None = None) -> None:
        """Forget the conversations of a chat, or of a person in every chat."""
        self._database.run("DELETE FROM turns WHERE chat_id = ? OR asker = ?", chat_id, user)

    def drop_before(self, moment: datetime) -> None:
        """Drop what is older than a moment."""
        self._database.run("DELETE FROM turns WHERE at < ?", int(moment.timestamp()))
