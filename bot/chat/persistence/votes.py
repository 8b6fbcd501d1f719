"""Votes on answers, one from each person, with a reason where it is bad; and the questions that had no answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from enum import StrEnum
from itertools import groupby
from typing import Any, Final

from bot.chat.persistence.answers import AnswerStore, StoredAnswer, bare
from bot.chat.persistence.chat_database import ChatDatabase
from retrieval.models import Record

MOST_VOTES: Final = 50_000
MOST_UNANSWERED: Final = 5_000


class Verdict(StrEnum):
    """What somebody thinks of a reply."""

    GOOD = "good"
    BAD = "bad"


class VoteReason(StrEnum):
    """Why a reply is bad."""

    WRONG = "wrong"
    SOURCE = "wrong_source"
    DATE = "wrong_date"
    SHOULD_ANSWER = "should_have_answered"
    SHOULD_BE_SILENT = "should_have_stayed_silent"


class Vote(Record):
    """One person's verdict on an answer."""

    verdict: Verdict
    reason: VoteReason | None = None


class UnansweredQuestion(Record):
    """A question that had no answer when it was asked last: how often it was asked, and why there was none."""

    question: str
    asked: int
    reason: str
    last: int


def reasons(answered: StoredAnswer) -> tuple[VoteReason, ...]:
    """The reasons for which a reply can be bad."""
    if not answered.answered:
        return (VoteReason.SHOULD_ANSWER,)
    return (VoteReason.WRONG, VoteReason.SOURCE, VoteReason.DATE, VoteReason.SHOULD_BE_SILENT)


class VoteStore:
    """Everybody's votes; each is seen by its voter only."""

    def __init__(self, database: ChatDatabase) -> None:
        self._database = database

    def cast(self, answered: StoredAnswer, voter: int, vote: Vote, *, by_reaction: bool = False) -> None:
        """Store a person's vote on an answer, in place of an earlier one."""
        sql = """
            INSERT OR REPLACE INTO votes (at, answer, voter, verdict, reason, by_reaction, record)
            VALUES (?, ?, ?, ?, ?, ?, ?)
        """
        record = answered.model_dump_json(exclude_defaults=True)
        now = self._database.now()
        self._database.run(sql, now, answered.id, voter, vote.verdict, vote.reason, by_reaction, record)
        self._database.keep_newest("votes", MOST_VOTES)

    def of(self, answer_id: str, voter: int) -> Vote | None:
        """A person's vote on an answer."""
        sql = "SELECT verdict, reason FROM votes WHERE answer = ? AND voter = ?"
        rows = self._database.rows(sql, answer_id, voter)
        return Vote(verdict=rows[0][0], reason=rows[0][1]) if rows else None

    def take_back(self, answer_id: str, voter: int, *, by_reaction: bool = False) -> None:
        """Drop a person's vote; where a reaction is taken back, only one that was a reaction."""
        sql = "DELETE FROM votes WHERE answer = ? AND voter = ? AND by_reaction >= ?"
        self._database.run(sql, answer_id, voter, by_reaction)

    def judged(self) -> Iterator[tuple[StoredAnswer, list[Vote]]]:
        """Every answer that was voted on with its votes, in the order of its last vote."""
        sql = """
            SELECT answer, record, verdict, reason FROM votes
            ORDER BY max(number) OVER (PARTITION BY answer), number
        """
        for _, rows in groupby(self._database.rows(sql), key=lambda row: row[0]):
            cast = list(rows)
            yield (
                StoredAnswer.model_validate_json(cast[-1][1]),
                [Vote(verdict=verdict, reason=reason) for _, _, verdict, reason in cast],
            )

    def forget(self, chat_id: int | None, voter: int | None) -> None:
        """Forget a person's votes; a direct chat has that person's id."""
        self._database.run("DELETE FROM votes WHERE voter IN (?, ?)", chat_id, voter)

    def drop_before(self, moment: datetime) -> None:
        """Drop the votes that are older than a moment."""
        self._database.run("DELETE FROM votes WHERE at < ?", int(moment.timestamp()))


class UnansweredQuestions:
    """Questions that the articles did not answer, without who asked them."""

    def __init__(self, database: ChatDatabase) -> None:
        self._database = database

    def note(self, answered: StoredAnswer) -> None:
        """Count a question that had no answer; one that has one now is no longer listed."""
        if answered.answered:
            self._database.run("DELETE FROM silences WHERE bare = ?", bare(answered.self_contained))
        elif answered.is_about_articles:
            sql = """
                INSERT INTO silences (at, bare, question, reason, asked) VALUES (?, ?, ?, ?, 1)
                ON CONFLICT (bare) DO UPDATE SET at = excluded.at, reason = excluded.reason, asked = asked + 1
            """
            question = answered.self_contained
            self._database.run(sql, self._database.now(), bare(question), question, answered.reason)
            self._database.keep_newest("silences", MOST_UNANSWERED)

    def forget(self, chat_id: int | None, asker: int | None) -> None:
        """Take out what a chat, or a person, asked, as often as is stored; call it before the answers are forgotten."""
        asked = AnswerStore(self._database).questions(chat_id, asker)
        sql = "UPDATE silences SET asked = asked - ? WHERE bare = ?"
        self._database.run_all((sql, (times, bare(answered.self_contained))) for answered, times in asked)
        self._database.run("DELETE FROM silences WHERE asked <= 0")

    def listed(self, most: int, since: datetime | None = None) -> tuple[UnansweredQuestion, ...]:
        """The questions without an answer, asked since a moment or ever, the most asked first."""
        then = int(since.timestamp()) if since else 0
        sql = "SELECT question, asked, reason, at FROM silences WHERE at >= ? ORDER BY asked DESC, at DESC LIMIT ?"
        rows = self._database.rows(sql, then, most)
        return tuple(UnansweredQuestion(question=row[0], asked=row[1], reason=row[2], last=row[3]) for row in rows)

    def drop_before(self, moment: datetime) -> None:
        """Drop the questions that were asked last before a moment."""
        self._database.run("DELETE FROM silences WHERE at < ?", int(moment.timestamp()))


def question_set(judged: Iterable[tuple[StoredAnswer, list[Vote]]]) -> Iterator[dict[str, Any]]:
    """The votes as questions that ``evaluate`` reads.

    A good answer is the one to give, a good abstention the one to keep. Of a bad reply only what is known is written:
    that there is an answer, or none; ``answers`` stays empty until somebody writes what would be right.
    """
    for answered, votes in judged:
        vote = _majority(votes)
        good = vote.verdict is Verdict.GOOD
        yield {
            "id": answered.id,
            "question": answered.self_contained,
            "answerable": _is_answerable(answered, vote),
            "answers": [answered.short or answered.first] if answered.answered and good else [],
            "articles": list(answered.articles) if answered.answered and good else [],
            "today": answered.day.isoformat(),
            "given": answered.short or answered.first,
            "verdict": vote.verdict.value,
            "reason": vote.reason.value if vote.reason else None,
            "votes": dict(Counter(each.verdict.value for each in votes)),
        }


def _majority(votes: list[Vote]) -> Vote:
    """What most think, with the reason most of them give; between as many, the last vote decides."""
    latest = list(reversed(votes))
    verdict = Counter(vote.verdict for vote in latest).most_common(1)[0][0]
    given = Counter(vote.reason for vote in latest if vote.verdict is verdict and vote.reason).most_common(1)
    return Vote(verdict=verdict, reason=given[0][0] if given else None)


def _is_answerable(answered: StoredAnswer, vote: Vote) -> bool:
    if vote.verdict is Verdict.GOOD:
        return answered.answered
    return vote.reason is not VoteReason.SHOULD_BE_SILENT
