"""Each chat's preferences: what is answered, at what length, in which language."""

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
    """A chat's preferences; without a language, everybody is answered in that of their app."""

    when: AnswerTrigger = AnswerTrigger.ADDRESSED
    length: AnswerLength = AnswerLength.FULL
    language: str | None = None

    def with_choice(self, choice: str) -> Preferences:
        """These preferences with one changed, given as ``name=value``; the same where there is no such choice."""
        name, _, value = choice.partition("=")
        if name == "language" and value in ("app", *LANGUAGES):
            return self.model_copy(update={"language": None if value == "app" else value})
        kinds: dict[str, type[StrEnum]] = {"when": AnswerTrigger, "length": AnswerLength}
        if name in kinds and value in set(kinds[name]):
            return self.model_copy(update={name: kinds[name](value)})
        return self

    def apply_to(self, to: Recipient) -> Recipient:
        """A recipient in this chat, with its language and length."""
        return to.model_copy(
            update={"language": self.language or to.language, "brief": self.length is AnswerLength.BRIEF}
        )


class PreferenceStore:
    """The preferences of all chats."""

    def __init__(self, database: ChatDatabase) -> None:
        self._database = database

    def of(self, chat_id: int) -> Preferences:
        """A chat's preferences; the default ones where it chose none."""
        rows = self._database.rows("SELECT record FROM preferences WHERE chat_id = ?", chat_id)
        return Preferences.model_validate_json(rows[0][0]) if rows else Preferences()

    def keep(self, chat_id: int, preferences: Preferences) -> None:
        """Store a chat's preferences."""
        sql = "INSERT OR REPLACE INTO preferences (chat_id, record) VALUES (?, ?)"
        self._database.run(sql, chat_id, preferences.model_dump_json(exclude_defaults=True))

    def move(self, before: int, after: int) -> None:
        """Keep the preferences of a chat that now has another id."""
        self._database.run("UPDATE OR REPLACE preferences SET chat_id = ? WHERE chat_id = ?", after, before)

    def forget(self, chat_id: int | None, user: int | None = None) -> None:
        """Forget a chat's preferences; a person's are those of their direct chat, which has that person's id."""
        self._database.run("DELETE FROM preferences WHERE chat_id IN (?, ?)", chat_id, user)
