"""What was answered, under a short id that names its very bytes, and which message of which chat shows it to whom."""

from __future__ import annotations

import re
from base64 import b32encode
from collections.abc import Sequence
from datetime import date, datetime
from hashlib import sha256
from typing import Any, Final

from bot.answering.dialogue.state import DialogueState
from bot.answering.models import Answer, Citation, Reason, Trace
from bot.chat.persistence.chat_database import ChatDatabase
from retrieval.models import Record, Span

MOST_ANSWERS: Final = 20_000
MOST_SHOWN: Final = 40_000
ID_LETTERS: Final = 16
# silences for which no article is to blame
IDLE: Final = frozenset({Reason.GREETING, Reason.THANKS, Reason.EMPTY_QUESTION, Reason.EMPTY_CORPUS})


class StoredQuote(Record):
    """Where a quote stood when it was cited, and the start of the SHA-256 of its words."""

    article_id: str
    span: Span
    digest: str

    @classmethod
    def of(cls, citation: Citation) -> StoredQuote:
        return cls(article_id=citation.article_id, span=citation.span, digest=digest(citation.quote))

    def stands_in(self, text: str) -> bool:
        """Whether a text says at this place what was quoted."""
        return digest(self.span.of(text)) == self.digest


class StoredAnswer(Record):
    """A question on a day and what was replied: enough to show it again, and to show what proves it.

    ``quotes`` are those of the answer, numbered from 1, or the nearest ones of a silence; ``short`` is the short
    answer, ``first`` the first quote's words, ``reason`` why there is neither; ``carried`` is what was taken from the
    talk ``before`` it, which makes the question ``resumed``.
    """

    id: str
    question: str
    day: date
    kind: str
    answered: bool
    short: str | None = None
    first: str | None = None
    reason: str | None = None
    quotes: tuple[StoredQuote, ...] = ()
    carried: tuple[str, ...] = ()
    before: DialogueState | None = None
    resumed: str | None = None

    @classmethod
    def of(cls, trace: Trace, day: date, blocks: Sequence[str], previous: DialogueState | None = None) -> StoredAnswer:
        """The record of a reply that is worded as ``blocks``, after the talk ``previous``."""
        reply = trace.reply
        named: dict[str, Any] = {"id": name_of(trace.text, day, blocks), "question": trace.text, "day": day}
        if reply.carried:
            resumed = trace.question.text if trace.question else None
            named |= {"carried": reply.carried, "before": previous, "resumed": resumed}
        if isinstance(reply, Answer):
            short = reply.short.text if reply.short else None
            first, quotes = reply.citations[0].quote, tuple(map(StoredQuote.of, reply.citations))
            return cls(**named, kind=reply.question.kind, answered=True, short=short, first=first, quotes=quotes)
        quotes = tuple(map(StoredQuote.of, reply.nearest))
        return cls(**named, kind=reply.kind, answered=False, reason=reply.reason, quotes=quotes)

    @property
    def by_itself(self) -> str:
        """The question as it can be understood without the talk before it."""
        return self.resumed or self.question

    @property
    def is_about_articles(self) -> bool:
        """Whether the articles answered or failed to, and not only good manners."""
        return self.reason not in IDLE

    @property
    def is_silent_on_articles(self) -> bool:
        """Whether the articles were looked through and did not say."""
        return not self.answered and self.is_about_articles

    @property
    def articles(self) -> tuple[str, ...]:
        """The ids of the articles quoted, in order."""
        return tuple(dict.fromkeys(quote.article_id for quote in self.quotes))


class ShownAnswer(Record):
    """A message that shows an answer: the message it stands below, and who asked (None where nobody can tell)."""

    answer: str
    below_id: int
    asker: int | None = None


class AnswerStore:
    """The answers that are remembered; the oldest go when there are too many."""

    def __init__(self, memory: ChatDatabase) -> None:
        self._memory = memory

    def keep(self, answered: StoredAnswer) -> None:
        """Remember an answer; the same one stays one."""
        sql = "INSERT INTO answers (id, at, record) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET at = excluded.at"
        self._memory.run(sql, answered.id, self._memory.now(), answered.model_dump_json(exclude_defaults=True))
        self._memory.keep_newest("answers", MOST_ANSWERS)

    def find(self, answer_id: str) -> StoredAnswer | None:
        """The answer of an id, or None where it is not remembered."""
        rows = self._memory.rows("SELECT record FROM answers WHERE id = ?", answer_id)
        return StoredAnswer.model_validate_json(rows[0][0]) if rows else None

    def show(self, chat_id: int, message_ids: Sequence[int], shown: ShownAnswer) -> None:
        """Note that these messages show an answer."""
        sql = """
            INSERT OR REPLACE INTO shown (at, chat_id, message_id, below_id, answer, asker) VALUES (?, ?, ?, ?, ?, ?)
        """
        now = self._memory.now()
        self._memory.run_all(
            (sql, (now, chat_id, number, shown.below_id, shown.answer, shown.asker)) for number in message_ids
        )
        self._memory.keep_newest("shown", MOST_SHOWN)

    def shown(self, chat_id: int, message_id: int) -> ShownAnswer | None:
        """What a message of the bot shows, or None where it shows no answer that is remembered."""
        sql = "SELECT answer, below_id, asker FROM shown WHERE chat_id = ? AND message_id = ?"
        rows = self._memory.rows(sql, chat_id, message_id)
        return ShownAnswer(answer=rows[0][0], below_id=rows[0][1], asker=rows[0][2]) if rows else None

    def last(self, chat_id: int) -> ShownAnswer | None:
        """What the newest answer in a chat shows."""
        sql = "SELECT answer, below_id, asker FROM shown WHERE chat_id = ? ORDER BY number DESC LIMIT 1"
        rows = self._memory.rows(sql, chat_id)
        return ShownAnswer(answer=rows[0][0], below_id=rows[0][1], asker=rows[0][2]) if rows else None

    def asked(self, chat_id: int | None, asker: int | None = None) -> list[tuple[StoredAnswer, int]]:
        """What was answered in a chat, or to a person, and how often."""
        sql = """
            SELECT record, count(DISTINCT chat_id || '/' || below_id) FROM shown JOIN answers ON answers.id = answer
            WHERE chat_id = ifnull(?, chat_id) AND asker IS ifnull(?, asker) GROUP BY answer
        """
        return [(StoredAnswer.model_validate_json(row[0]), row[1]) for row in self._memory.rows(sql, chat_id, asker)]

    def forget(self, chat_id: int | None, asker: int | None = None) -> None:
        """Forget what was shown in a chat, or to a person, and the answers that nobody is shown any more."""
        where = "chat_id = ifnull(?, chat_id) AND asker IS ifnull(?, asker)"
        gone = self._memory.rows(f"SELECT DISTINCT answer FROM shown WHERE {where}", chat_id, asker)  # noqa: S608
        self._memory.run(f"DELETE FROM shown WHERE {where}", chat_id, asker)  # noqa: S608
        sql = "DELETE FROM answers WHERE id = ? AND id NOT IN (SELECT answer FROM shown)"
        self._memory.run_all((sql, row) for row in gone)

    def drop_before(self, moment: datetime) -> None:
        """Drop what is older than a moment."""
        for table in ("shown", "answers"):
            self._memory.run(f"DELETE FROM {table} WHERE at < ?", int(moment.timestamp()))  # noqa: S608


def digest(words: str) -> str:
    return sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def bare(question: str) -> str:
    """A question without case, punctuation and runs of white space: what asks the same in the same words."""
    return " ".join(re.findall(r"\w+", question.casefold()))


def name_of(question: str, day: date, blocks: Sequence[str]) -> str:
    """A short name for an answer: the same question on the same day with the same words has the same one."""
    said = "\0".join((bare(question), day.isoformat(), *blocks))
    return b32encode(sha256(said.encode("utf-8", "surrogatepass")).digest()).decode().lower()[:ID_LETTERS]
