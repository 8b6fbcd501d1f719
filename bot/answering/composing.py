"""Puts an answer together: short answer, quotes, what other articles say, numbered citations; or the reason for silence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.answering.agreement import Voice, voices
from bot.answering.confidence import Judgement
from bot.answering.extraction import items, sure_candidate
from bot.answering.gathering import on_days, source_evidence
from bot.answering.matching import Needs
from bot.answering.models import (
    Answer,
    Candidate,
    Citation,
    Evidence,
    NoAnswer,
    Question,
    QuestionKind,
    Reply,
    Statement,
    StatementKind,
)
from bot.answering.quoting import MOST_WORDS, cite, quote_span
from retrieval.models import CorpusProfile, Finding, Span

_CLOSE = 0.8
_NEAREST = 2
_MOST_SOURCES = 10


class _Draft:
    """An answer being written: gives each quote its number, the same number for the same quote."""

    def __init__(self) -> None:
        self.statements: list[Statement] = []
        self.citations: list[Citation] = []

    def number(self, evidence: Evidence, span: Span) -> int:
        for citation in self.citations:
            if citation.article_id == evidence.hit.passage.article_id and citation.span.holds(span):
                return citation.number
        self.citations.append(cite(len(self.citations) + 1, evidence, span))
        return len(self.citations)

    def say(self, kind: StatementKind, text: str, numbers: Iterable[int], note: str | None = None) -> None:
        self.statements.append(Statement(kind=kind, text=text, note=note, numbers=tuple(numbers)))

    def quote(self, number: int) -> None:
        self.say(StatementKind.QUOTE, self.citations[number - 1].quote, (number,))

    def answer(self, question: Question, finding: Finding, confidence: float) -> Answer:
        return Answer(
            question=question,
            statements=tuple(self.statements),
            citations=tuple(self.citations),
            confidence=confidence,
            respellings=finding.respellings,
        )


def compose(
    question: Question,
    needs: Needs,
    finding: Finding,
    evidence: Sequence[Evidence],
    candidates: Sequence[Candidate],
    judgement: Judgement,
    profile: CorpusProfile,
) -> Reply:
    """An answer where the judgement allows one, else the reason and the nearest passages."""
    if judgement.reason is not None:
        return _no_answer(question, finding, evidence, judgement, profile)
    draft = _Draft()
    write = _WRITERS.get(question.kind, _write_quotes)
    write(draft, question, needs, evidence, candidates)
    if not draft.statements:
        _write_quotes(draft, question, needs, evidence, candidates)
    return draft.answer(question, finding, judgement.probability)


def _write_quotes(
    draft: _Draft, question: Question, needs: Needs, evidence: Sequence[Evidence], candidates: Sequence[Candidate]
) -> None:
    best = evidence[0]
    short = sure_candidate(question, candidates, best)
    others = voices(question, needs, best, short, evidence, candidates)
    first = draft.number(best, quote_span(needs, best))
    agreeing = [draft.number(voice.evidence, voice.evidence.span) for voice in others if voice.agrees]
    if short is not None:
        draft.say(StatementKind.SHORT, short.text, (first, *agreeing), short.rule)
    draft.quote(first)
    for number in agreeing:
        draft.quote(number)
    for voice in others:
        if not voice.agrees:
            _write_difference(draft, voice)
    _write_second(draft, needs, evidence)


def _write_difference(draft: _Draft, voice: Voice) -> None:
    number = draft.number(voice.evidence, voice.evidence.span)
    if voice.candidate is not None:
        draft.say(StatementKind.SHORT, voice.candidate.text, (number,), voice.candidate.rule)
    draft.quote(number)


def _write_second(draft: _Draft, needs: Needs, evidence: Sequence[Evidence]) -> None:
    """A second sentence of the same article where it scores nearly as well and there is room."""
    if len(draft.citations) > 1 or len(evidence) < 2:
        return
    best, second = evidence[0], evidence[1]
    room = MOST_WORDS - len(draft.citations[0].quote.split())
    close = second.score >= _CLOSE * best.score and second.hit.passage.article_id == best.hit.passage.article_id
    if close and len(second.text.split()) <= room and not draft.citations[0].span.holds(second.span):
        draft.quote(draft.number(second, second.span))


def _write_list(
    draft: _Draft, question: Question, needs: Needs, evidence: Sequence[Evidence], candidates: Sequence[Candidate]
) -> None:
    found = items(question, needs, evidence)
    if len(found) < 2:
        _write_quotes(draft, question, needs, evidence, candidates)
        return
    quoted: list[int] = []
    for item in found:
        number = draft.number(item.evidence, item.evidence.span)
        draft.say(StatementKind.ITEM, item.text, (number,))
        quoted.append(number)
    for number in dict.fromkeys(quoted):
        draft.quote(number)


def _write_sources(
    draft: _Draft, question: Question, needs: Needs, evidence: Sequence[Evidence], candidates: Sequence[Candidate]
) -> None:
    for piece in source_evidence(needs, evidence)[:_MOST_SOURCES]:
        draft.quote(draft.number(piece, piece.span))


def _write_day(
    draft: _Draft, question: Question, needs: Needs, evidence: Sequence[Evidence], candidates: Sequence[Candidate]
) -> None:
    for piece in on_days(question, evidence):
        draft.quote(draft.number(piece, piece.span))


_WRITERS = {
    QuestionKind.LIST: _write_list,
    QuestionKind.SOURCES: _write_sources,
    QuestionKind.COUNT: _write_sources,
    QuestionKind.ON_DATE: _write_day,
}


def _no_answer(
    question: Question, finding: Finding, evidence: Sequence[Evidence], judgement: Judgement, profile: CorpusProfile
) -> NoAnswer:
    return NoAnswer(
        text=question.text,
        kind=question.kind,
        reason=judgement.reason,
        missing=judgement.missing,
        nearest=_nearest(evidence),
        confidence=judgement.probability,
        respellings=finding.respellings,
        profile=profile,
    )


def _nearest(evidence: Sequence[Evidence]) -> tuple[Citation, ...]:
    """The best sentence of each of the best passages, where it has anything of the question at all."""
    by_passage = {piece.hit.passage.id: piece for piece in reversed(evidence)}
    nearest = [piece for piece in evidence if by_passage[piece.hit.passage.id] is piece and piece.score > 0]
    return tuple(cite(number, piece, piece.span) for number, piece in enumerate(nearest[:_NEAREST], start=1))
