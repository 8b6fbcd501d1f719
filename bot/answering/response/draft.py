"""A draft of an answer: statements, and citations numbered in the order of their first use."""

from __future__ import annotations

from collections.abc import Iterable

from bot.answering.models import Answer, Citation, Evidence, Statement, StatementKind
from bot.answering.reader.context import AnswerContext
from bot.answering.response.quotes import cite
from retrieval.models import Span


class Draft:
    """An answer that is being written; each quote has one number.

    ``sure`` says whether the short answer needs no further sentence as a proof.
    """

    def __init__(self, *, sure: bool = True) -> None:
        self.sure = sure
        self.statements: list[Statement] = []
        self.citations: list[Citation] = []

    def number(self, evidence: Evidence, span: Span) -> int:
        """The number of the citation that contains ``span``; a new citation where there is none."""
        for citation in self.citations:
            if citation.article_id == evidence.hit.passage.article_id and citation.span.contains(span):
                return citation.number
        self.citations.append(cite(len(self.citations) + 1, evidence, span))
        return len(self.citations)

    def quotes(self, evidence: Evidence) -> bool:
        """Whether the sentence is in a citation already."""
        article = evidence.hit.passage.article_id
        return any(c.article_id == article and c.span.contains(evidence.span) for c in self.citations)

    def say(self, kind: StatementKind, text: str, numbers: Iterable[int], note: str | None = None) -> None:
        """Adds a statement that the citations of these numbers prove."""
        self.statements.append(Statement(kind=kind, text=text, note=note, numbers=tuple(numbers)))

    def quote(self, number: int, note: str | None = None) -> None:
        """Adds the quote of a citation as a statement."""
        self.say(StatementKind.QUOTE, self.citations[number - 1].quote, (number,), note)

    def answer(self, context: AnswerContext, confidence: float) -> Answer:
        """The answer as written; raises ValidationError where it has no citation."""
        return Answer(
            question=context.question,
            statements=tuple(self.statements),
            citations=tuple(self.citations),
            confidence=confidence,
            respellings=context.finding.respellings,
        )
