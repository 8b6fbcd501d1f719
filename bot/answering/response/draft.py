"""An answer while it is written: statements, and citations numbered as they are first used."""

from __future__ import annotations

from collections.abc import Iterable

from bot.answering.models import Answer, Citation, Evidence, Statement, StatementKind
from bot.answering.reader.context import AnswerContext
from bot.answering.response.quotes import cite
from retrieval.models import Span


class Draft:
    """An answer being written: gives each quote its number, the same number for the same quote."""

    def __init__(self, *, sure: bool = True) -> None:
        self.sure = sure
        self.statements: list[Statement] = []
        self.citations: list[Citation] = []

    def number(self, evidence: Evidence, span: Span) -> int:
        for citation in self.citations:
            if citation.article_id == evidence.hit.passage.article_id and citation.span.contains(span):
                return citation.number
        self.citations.append(cite(len(self.citations) + 1, evidence, span))
        return len(self.citations)

    def quotes(self, evidence: Evidence) -> bool:
        """Whether the sentence stands in a quote already."""
        article = evidence.hit.passage.article_id
        return any(c.article_id == article and c.span.contains(evidence.span) for c in self.citations)

    def say(self, kind: StatementKind, text: str, numbers: Iterable[int], note: str | None = None) -> None:
        self.statements.append(Statement(kind=kind, text=text, note=note, numbers=tuple(numbers)))

    def quote(self, number: int, note: str | None = None) -> None:
        self.say(StatementKind.QUOTE, self.citations[number - 1].quote, (number,), note)

    def answer(self, context: AnswerContext, confidence: float) -> Answer:
        return Answer(
            question=context.question,
            statements=tuple(self.statements),
            citations=tuple(self.citations),
            confidence=confidence,
            respellings=context.finding.respellings,
        )
