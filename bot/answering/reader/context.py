"""The context of an answer: everything known about one question before its answer is composed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from bot.answering.models import AskedSpeaker, Candidate, Evidence, Question
from bot.answering.reader.people import known_speaker
from bot.answering.reader.term_matching import QuestionTerms
from retrieval.models import Finding


@dataclass(frozen=True)
class AnswerContext:
    """A question, its terms and what was found; evidence and candidate spans, best first.

    ``more`` is further evidence, from which other articles may corroborate the answer.
    """

    question: Question
    terms: QuestionTerms
    finding: Finding
    evidence: tuple[Evidence, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    more: tuple[Evidence, ...] = ()

    @property
    def is_read(self) -> bool:
        """Whether an extractive reader has read the question together with a sentence of the evidence."""
        return any(piece.reading is not None for piece in self.evidence)

    @cached_property
    def speaker(self) -> AskedSpeaker | None:
        """The person whose words are asked for, where the passages have the name as a person's."""
        return known_speaker(self.question, self.finding)
