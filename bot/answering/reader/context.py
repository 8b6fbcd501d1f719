"""Everything known about one question while its answer is decided."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from bot.answering.models import AskedSpeaker, Candidate, Evidence, Question
from bot.answering.reader.people import known_speaker
from bot.answering.reader.term_matching import QuestionTerms
from retrieval.models import Finding


@dataclass(frozen=True)
class AnswerContext:
    """The question, its terms, what was found; evidence and candidate spans, best first.

    ``more`` is the evidence after that, for what other articles say."""

    question: Question
    terms: QuestionTerms
    finding: Finding
    evidence: tuple[Evidence, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    more: tuple[Evidence, ...] = ()

    @cached_property
    def speaker(self) -> AskedSpeaker | None:
        """The person whose words are asked for, where the passages have the name as a person's."""
        return known_speaker(self.question, self.finding)
