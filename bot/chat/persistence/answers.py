"""Answers, each under an id made of its content, and which message of which chat shows it to whom."""

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
# reasons of replies for which no article was looked through
WITHOUT_SEARCH: Final = frozenset({Reason.GREETING, Reason.THANKS, Reason.EMPTY_QUESTION, Reason.EMPTY_CORPUS})


class StoredQuote(Record):
    """Where a quote was in its article when it was cited, and the start of the SHA-256 of its words."""

    article_id: str
    span: Span
    digest: str

    @classmethod
    def of(cls, citation: Citation) -> StoredQuote:
        return cls(article_id=citation.article_id, span=citation.span, digest=digest(citation.quote))

    def is_in(self, text: str) -> bool:
        """Whether a text still has the quoted words at their place."""
        return digest(self.span.of(text)) == self.digest


class StoredAnswer(Record):
    """A question on a day and what was replied: enough to show it again, and to show what proves it.

    ``quotes`` are those of the answer, numbered from 1, or the nearest ones where nothing was claimed; ``short`` is the
    short answer, ``first`` the first quote's words, ``reason`` why there is neither; ``carried`` is what was taken from
    the conversation ``before`` it, which makes the question ``resumed``.
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
        """The record of a reply that is worded as ``blocks``, after the conversation ``previous``."""
        reply = trace.reply
        named: dict[str, Any] = {"id": answer_id(trace.text, day, blocks), "question": trace.text, "day": day}
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
    def self_contained(self) -> str:
        """The question as it can be understood without the conversation before it."""
        return self.resumed or self.question

    @property
    def is_about_articles(self) -> bool:
        """Whether the articles were searched, as they are not for a greeting."""
        return self.reason not in WITHOUT_SEARCH

    @property
    def is_abstention(self) -> bool:
        """Whether the articles were searched and nothing was claimed."""
        return not self.answered and self.is_about_articles

    @property
    def articles(self) -> tuple[str, ...]:
        """The ids of the articles quoted, in order."""
        return tuple(dict.fromkeys(quote.article_id for quote in self.quotes))


class ShownAnswer(Record):
    """A message that shows an answer: the message that it replies to, and who asked (None where it is not known)."""

    answer: str
    below_id: int
    asker: int | None = None


class AnswerStore:
    """The stored answers; the oldest go when there are too many."""

    def __init__(self, database: ChatDatabase) -> None:
        self._database = database

    def keep(self, answered: StoredAnswer) -> None:
        """Store an answer; one that is stored already becomes the newest."""
        sql = "INSERT INTO answers (id, at, record) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET at = excluded.at"
        self._database.run(sql, answered.id, self._database.now(), answered.model_dump_json(exclude_defaults=True))
        self._database.keep_newest("answers", MOST_ANSWERS)

    def find(self, answer_id: str) -> StoredAnswer | None:
        """The answer of an id, or None where it is not stored."""
        rows = self._database.rows("SELECT record FROM answers WHERE id = ?", answer_id)
        return StoredAnswer.model_validate_json(rows[0][0]) if rows else None

    def show(self, chat_id: int, message_ids: Sequence[int], shown: ShownAnswer) -> None:
        """Note that these messages show an answer."""
        sql = """
            INSERT OR REPLACE INTO shown (at, chat_id, message_id, below_id, answer, asker) VALUES (?, ?, ?, ?, ?, ?)
        """
        now = self._database.now()
        self._database.run_all(
            (sql, (now, chat_id, number, shown.below_id, shown.answer, shown.asker)) for number in message_ids
        )
        self._database.keep_newest("shown", MOST_SHOWN)

    def shown(self, chat_id: int, message_id: int) -> ShownAnswer | None:
        """What a message of the bot shows, or None where it shows no answer that is stored."""
        sql = "SELECT answer, below_id, asker FROM shown WHERE chat_id = ? AND message_id = ?"
        rows = self._database.rows(sql, chat_id, message_id)
        return ShownAnswer(answer=rows[0][0], below_id=rows[0][1], asker=rows[0][2]) if rows else None

    def last(self, chat_id: int) -> ShownAnswer | None:
        """What the newest answer in a chat shows."""
        sql = "SELECT answer, below_id, asker FROM shown WHERE chat_id = ? ORDER BY number DESC LIMIT 1"
        rows = self._database.rows(sql, chat_id)
        return ShownAnswer(answer=rows[0][0], below_id=rows[0][1], asker=rows[0][2]) if rows else None

    def questions(self, chat_id: int | None, asker: int | None = None) -> list[tuple[StoredAnswer, int]]:
        """The answers in a chat, or to a person, each with how often it was asked for."""
        sql = """
            SELECT record, count(DISTINCT chat_id || '/' || below_id) FROM shown JOIN answers ON answers.id = answer
            WHERE chat_id = ifnull(?, chat_id) AND asker IS ifnull(?, asker) GROUP BY answer
        """
        return [(StoredAnswer.model_validate_json(row[0]), row[1]) for row in self._database.rows(sql, chat_id, asker)]

    def forget(self, chat_id: int | None, asker: int | None = None) -> None:
        """Forget what was shown in a chat, or to a person, and the answers that then no message shows."""
        where = "chat_id = ifnull(?, chat_id) AND asker IS ifnull(?, asker)"
        gone = self._database.rows(f"SELECT DISTINCT answer FROM shown WHERE {where}", chat_id, asker)  # noqa: S608
        self._database.run(f"DELETE FROM shown WHERE {where}", chat_id, asker)  # noqa: S608
        sql = "DELETE FROM answers WHERE id = ? AND id NOT IN (SELECT answer FROM shown)"
        self._database.run_all((sql, row) for row in gone)

    def drop_before(self, moment: datetime) -> None:
        """Drop what is older than a moment."""
        for table in ("shown", "answers"):
            self._database.run(f"DELETE FROM {table} WHERE at < ?", int(moment.timestamp()))  # noqa: S608


def digest(words: str) -> str:
    """The first 16 hexadecimal digits of the SHA-256 of words."""
    return sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def bare(question: str) -> str:
    """A question in lower case without punctuation and runs of white space: equal for the same words."""
    return " ".join(re.findall(r"\w+", question.casefold()))


def answer_id(question: str, day: date, blocks: Sequence[str]) -> str:
    """The id of an answer: the same question on the same day with the same words has the same one."""
    content = "\0".join((bare(question), day.isoformat(), *blocks))
    return b32encode(sha256(content.encode("utf-8", "surrogatepass")).digest()).decode().lower()[:ID_LETTERS]
