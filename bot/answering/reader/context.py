"""Everything known about one question while its answer is decided."""

from __future__ import annotations

from dataclasses import dataclass

from bot.answering.models import Candidate, Evidence, Question
from bot.answering.reader.term_matching import QuestionTerms
from retrieval.models import Finding


@dataclass(frozen=True, slots=True)
class AnswerContext:
    """The question, what it needs to be met, what was found; evidence and candidate spans, best first.

    ``more`` is the evidence after that, where other articles may be heard."""

    question: Question
    needs: QuestionTerms
    finding: Finding
    evidence: tuple[Evidence, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    more: tuple[Evidence, ...] = ()
