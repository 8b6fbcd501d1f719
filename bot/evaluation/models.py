"""What evaluation passes from step to step: what was asked, what was given, and what it cost."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import Field

from retrieval.models import Record


class EvaluationQuestion(Record):
    """A question with what is accepted as an answer.

    Any one of ``answers`` will do, all of ``all_of`` are needed; ``articles`` are the ids that support the answer,
    ``passage`` the paragraph that holds it, ``facts`` the sentences that a search should bring.
    """

    id: str
    question: str
    answerable: bool = True
    kind: str | None = None
    answers: tuple[str, ...] = ()
    all_of: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    passage: str | None = None
    facts: tuple[str, ...] = ()


class CheckedQuote(Record):
    """A cited quote and whether its article says so at its place."""

    article_id: str
    text: str
    true: bool = True


class EvaluatedReply(Record):
    """A reply as far as it is measured, with its cost in milliseconds."""

    answered: bool
    kind: str = ""
    short: str | None = None
    text: str = ""
    confidence: float = 0.0
    quotes: tuple[CheckedQuote, ...] = ()
    first_hit_is_right: bool | None = None
    facts_found: tuple[bool, ...] = ()
    wall_ms: float = 0.0
    cpu_ms: float = 0.0


class JudgedReply(Record):
    """A question and what the bot gave for it."""

    asked: EvaluationQuestion
    given: EvaluatedReply

    @property
    def kind(self) -> str:
        """The kind that the set names, or else the one that the bot read."""
        return self.asked.kind or self.given.kind or "unknown"


class Figure(Record):
    """A measure: its name and each judged question's score."""

    name: str
    rows: Mapping[str, float] = Field(repr=False)

    @property
    def mean(self) -> float | None:
        """The mean of the rows, or None where nothing was judged."""
        return sum(self.rows.values()) / len(self.rows) if self.rows else None
