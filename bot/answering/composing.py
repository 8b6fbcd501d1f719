"""Puts an answer together: short answer, quotes, what other articles say, citations; or the reason for silence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.answering.agreement import Voice, voices
from bot.answering.case import Case
from bot.answering.confidence import Judgement
from bot.answering.extraction import items, sure_candidate
from bot.answering.gathering import on_days, source_evidence
from bot.answering.matching import overlap_of
from bot.answering.models import (
    Answer,
    Citation,
    Evidence,
    NoAnswer,
    QuestionKind,
    Reason,
    Reply,
    Statement,
    StatementKind,
)
from bot.answering.quoting import cite, quote_span
from retrieval.models import CorpusProfile, Span

_CLOSE = 3.0
"""By how much a further sentence may score less; scores are log-odds, as they are fitted."""
_FURTHER = 2
_SURE = 0.6
"""From this probability on, a short answer needs no further sentence beside its proof."""
_MOST_WORDS = 100
_NEAREST = 2
_NEAR = 0.3
_MOST_SOURCES = 10


class _Draft:
    """An answer being written: gives each quote its number, the same number for the same quote."""

    def __init__(self, *, sure: bool) -> None:
        self.sure = sure
        self.statements: list[Statement] = []
        self.citations: list[Citation] = []

    def number(self, evidence: Evidence, span: Span) -> int:
        for citation in self.citations:
            if citation.article_id == evidence.hit.passage.article_id and citation.span.holds(span):
                return citation.number
        self.citations.append(cite(len(self.citations) + 1, evidence, span))
        return len(self.citations)

    def quotes(self, evidence: Evidence) -> bool:
        """Whether the sentence stands in a quote already."""
        article = evidence.hit.passage.article_id
        return any(c.article_id == article and c.span.holds(evidence.span) for c in self.citations)

    def say(self, kind: StatementKind, text: str, numbers: Iterable[int], note: str | None = None) -> None:
        self.statements.append(Statement(kind=kind, text=text, note=note, numbers=tuple(numbers)))

    def quote(self, number: int) -> None:
        self.say(StatementKind.QUOTE, self.citations[number - 1].quote, (number,))

    def answer(self, case: Case, confidence: float) -> Answer:
        return Answer(
            question=case.question,
            statements=tuple(self.statements),
            citations=tuple(self.citations),
            confidence=confidence,
            respellings=case.finding.respellings,
        )


def compose(case: Case, judgement: Judgement, profile: CorpusProfile) -> Reply:
    """An answer where the judgement allows one, else the reason and the nearest passages."""
    if judgement.reason is not None:
        return _no_answer(case, judgement, judgement.reason, profile)
    draft = _Draft(sure=judgement.probability >= _SURE)
    _WRITERS.get(case.question.kind, _write_quotes)(draft, case)
    if not draft.statements:
        _write_quotes(draft, case)
    return draft.answer(case, judgement.probability)


def _write_quotes(draft: _Draft, case: Case) -> None:
    best = case.evidence[0]
    short = sure_candidate(case, best)
    others = voices(case, best, short)
    first = draft.number(best, quote_span(case.needs, best))
    agreeing = [draft.number(voice.evidence, voice.evidence.span) for voice in others if voice.agrees]
    if short is not None:
        draft.say(StatementKind.SHORT, short.text, (first, *agreeing), short.rule)
    for number in (first, *agreeing):
        draft.quote(number)
    for voice in others:
        if not voice.agrees:
            _write_difference(draft, voice)
    if len(draft.citations) == 1 and not (draft.sure and short is not None):
        _write_further(draft, case.evidence)


def _write_difference(draft: _Draft, voice: Voice) -> None:
    number = draft.number(voice.evidence, voice.evidence.span)
    if voice.candidate is not None:
        draft.say(StatementKind.SHORT, voice.candidate.text, (number,), voice.candidate.rule)
    draft.quote(number)


def _write_further(draft: _Draft, evidence: Sequence[Evidence]) -> None:
    """Further sentences of the same article where they score nearly as well and there is room for them."""
    best = evidence[0]
    room = _MOST_WORDS - sum(len(citation.quote.split()) for citation in draft.citations)
    for piece in evidence[1 : _FURTHER + 1]:
        words = len(piece.text.split())
        same = piece.hit.passage.article_id == best.hit.passage.article_id
        if same and piece.score >= best.score - _CLOSE and words <= room and not draft.quotes(piece):
            draft.quote(draft.number(piece, piece.span))
            room -= words


def _write_list(draft: _Draft, case: Case) -> None:
    found = items(case)
    if len(found) < 2:
        _write_quotes(draft, case)
        return
    quoted: list[int] = []
    for item in found:
        number = draft.number(item.evidence, item.evidence.span)
        draft.say(StatementKind.ITEM, item.text, (number,))
        quoted.append(number)
    for number in dict.fromkeys(quoted):
        draft.quote(number)


def _write_sources(draft: _Draft, case: Case) -> None:
    for piece in source_evidence(case)[:_MOST_SOURCES]:
        draft.quote(draft.number(piece, piece.span))


def _write_day(draft: _Draft, case: Case) -> None:
    for piece in on_days(case):
        draft.quote(draft.number(piece, piece.span))


_WRITERS = {
    QuestionKind.LIST: _write_list,
    QuestionKind.SOURCES: _write_sources,
    QuestionKind.COUNT: _write_sources,
    QuestionKind.ON_DATE: _write_day,
}


def _no_answer(case: Case, judgement: Judgement, reason: Reason, profile: CorpusProfile) -> NoAnswer:
    return NoAnswer(
        text=case.question.text,
        kind=case.question.kind,
        reason=reason,
        missing=judgement.missing,
        nearest=_nearest(case),
        confidence=judgement.probability,
        respellings=case.finding.respellings,
        profile=profile,
    )


def _nearest(case: Case) -> tuple[Citation, ...]:
    """The best sentence of each of the best passages, where it meets enough of the question to be called near."""
    best: dict[str, Evidence] = {}
    for piece in case.evidence:
        best.setdefault(piece.hit.passage.id, piece)
    near = [piece for piece in best.values() if case.needs.share(overlap_of(case.needs, piece).reached) >= _NEAR]
    return tuple(cite(number, piece, piece.span) for number, piece in enumerate(near[:_NEAREST], start=1))
