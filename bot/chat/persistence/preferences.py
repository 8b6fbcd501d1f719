"""What each chat wishes: when it is answered, at what length, in which language."""

from __future__ import annotations

from enum import StrEnum

from bot.chat.persistence.chat_database import ChatDatabase
from bot.chat.types import LANGUAGES, Recipient
from retrieval.models import Record


class AnswerTrigger(StrEnum):
    """What a group or channel is answered to."""

    ADDRESSED = "addressed"
    COMMANDED = "commanded"


class AnswerLength(StrEnum):
    """How much of an answer is shown at once."""

    FULL = "full"
    BRIEF = "brief"


class Preferences(Record):
    """A chat's wishes; without a language, everybody is spoken to in their app's."""

    when: AnswerTrigger = AnswerTrigger.ADDRESSED
    length: AnswerLength = AnswerLength.FULL
    language: str | None = None

    def changed(self, wish: str) -> Preferences:
        """These wishes with one other, written ``name=value``; as they are where nothing of that kind can be wished."""
        name, _, value = wish.partition("=")
        if name == "language" and value in ("app", *LANGUAGES):
            return self.model_copy(update={"language": None if value == "app" else value})
        kinds: dict[str, type[StrEnum]] = {"when": AnswerTrigger, "length": AnswerLength}
        if name in kinds and value in set(kinds[name]):
            return self.model_copy(update={name: kinds[name](value)})
        return self

    def suit(self, to: Recipient) -> Recipient:
        """Somebody spoken to in this chat as it wishes."""
        return to.model_copy(
            update={"language": self.language or to.language, "brief": self.length is AnswerLength.BRIEF}
        )


class PreferenceStore:
    """Every chat's wishes."""

    def __init__(self, memory: ChatDatabase) -> None:
        self._memory = memory

    def of(self, chat_id: int) -> Preferences:
        """What a chat wishes; the usual, where it said nothing."""
        rows = self._memory.rows("SELECT record FROM preferences WHERE chat_id = ?", chat_id)
        return Preferences.model_validate_json(rows[0][0]) if rows else Preferences()

    def keep(self, chat_id: int, wishes: Preferences) -> None:
        """Remember what a chat wishes."""
        sql = "INSERT OR REPLACE INTO preferences (chat_id, record) VALUES (?, ?)"
        self._memory.run(sql, chat_id, wishes.model_dump_json(exclude_defaults=True))

    def move(self, before: int, after: int) -> None:
        """Let a chat that has another id now keep its wishes."""
        self._memory.run("UPDATE OR REPLACE preferences SET chat_id = ? WHERE chat_id = ?", after, before)

    def forget(self, chat_id: int | None, user: int | None = None) -> None:
        """Forget a chat's wishes; a person's are those of their direct chat, which has that person's id."""
        self._memory.run("DELETE FROM preferences WHERE chat_id IN (?, ?)", chat_id, user)
