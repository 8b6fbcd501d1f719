"""Records of evaluation: a gold question, the bot's prediction for it, and a figure over many of them."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import Field

from retrieval.models import Record


class EvaluationQuestion(Record):
    """A gold question: the text and what is accepted as an answer.

    Any one of ``answers`` is right; of ``all_of`` every one is needed. ``articles`` are the ids of the articles that
    support the answer, ``passage`` is the paragraph that contains it, ``facts`` are sentences that search should find.
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

    @property
    def has_accepted_answer(self) -> bool:
        """Whether the question set says what a right answer is."""
        return bool(self.answers or self.all_of)


class CheckedQuote(Record):
    """A cited quote, and whether its article has the same words at the cited place."""

    article_id: str
    text: str
    true: bool = True


class Prediction(Record):
    """The measured part of a reply; times are in milliseconds. The fields are keys of ``evaluate --json``.

    ``closest``: nothing is claimed, and ``quotes`` are the closest ones."""

    answered: bool
    closest: bool = False
    kind: str = ""
    short: str | None = None
    text: str = ""
    confidence: float = 0.0
    quotes: tuple[CheckedQuote, ...] = ()
    first_hit_is_right: bool | None = None
    facts_found: tuple[bool, ...] = ()
    wall_ms: float = 0.0
    cpu_ms: float = 0.0


class EvaluationResult(Record):
    """A gold question with the prediction for it."""

    gold: EvaluationQuestion
    prediction: Prediction

    @property
    def kind(self) -> str:
        """The question kind that the question set names, else the one that the bot found."""
        return self.gold.kind or self.prediction.kind or "unknown"


class Figure(Record):
    """A metric: its name and the score of each question that it applies to, by question id."""

    name: str
    rows: Mapping[str, float] = Field(repr=False)

    @property
    def mean(self) -> float | None:
        """The mean score, or None where the metric applies to no question."""
        return sum(self.rows.values()) / len(self.rows) if self.rows else None
