"""Puts an answer together: short answer, quotes, what other articles say, citations; or the reason for silence."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answering.confidence.abstention import Judgement
from bot.answering.dates import day_in_words
from bot.answering.models import (
    Candidate,
    Citation,
    Evidence,
    NoAnswer,
    Question,
    QuestionKind,
    Reason,
    Reply,
    StatementKind,
)
from bot.answering.reader.answer_extractor import list_items, short_answer, sure_candidate, without_names
from bot.answering.reader.context import AnswerContext
from bot.answering.reader.people import quoted_speaker, quotes_or_reports
from bot.answering.reader.term_matching import overlap_of
from bot.answering.response.comparison import is_comparison, outlet_quotes
from bot.answering.response.corroboration import (
    Agreement,
    CorroboratingArticle,
    corroborating_articles,
    is_copy,
    stated_value,
    values_differ,
)
from bot.answering.response.draft import Draft
from bot.answering.response.quotes import cite, quote_span
from retrieval.models import CorpusProfile, MentionKind

_CLOSE = 3.0
"""By how much a further sentence may score less; scores are log-odds, as they are fitted."""
_FURTHER = 2
_SURE = 0.6
"""From this probability on, what a reader reads is given as the short answer, and no further sentence is needed."""
_SURE_OF_NAME = 0.2
"""Under this probability two of three names are wrong, so none is the short answer."""
_MOST_WORDS = 100
_NEAREST = 2
_NEAR = 0.3
_CLOSEST = 3


def compose(context: AnswerContext, judgement: Judgement, profile: CorpusProfile) -> Reply:
    """An answer where the judgement allows one, else the reason and the nearest quotes."""
    if judgement.reason is not None:
        return _no_answer(context, judgement, judgement.reason, profile)
    draft = Draft(sure=judgement.probability >= _SURE)
    if judgement.probability < _SURE_OF_NAME:
        context = without_names(context)
    writer = _write_sides if is_comparison(context.question) else _WRITERS.get(context.question.kind, _write_quotes)
    writer(draft, context)
    if not draft.statements:
        _write_quotes(draft, context)
    return draft.answer(context, judgement.probability)


def _write_quotes(draft: Draft, context: AnswerContext) -> None:
    best = context.evidence[0]
    short = short_answer(context, best) if draft.sure or not context.is_read else None
    others = corroborating_articles(context, best, short)
    speaker = context.speaker
    first = draft.number(best, best.span if speaker else quote_span(context.terms, best))
    agreeing = [
        draft.number(voice.evidence, voice.evidence.span) for voice in others if voice.agrees and not voice.copied
    ]
    if short is not None:
        draft.say(StatementKind.SHORT, short.text, (first, *agreeing), short.rule or _standing(context.question, short))
    for number in (first, *agreeing):
        draft.quote(number)
    _write_other_voices(draft, others)
    if len(draft.citations) == 1 and not (draft.sure and short is not None):
        _write_further(draft, context)


def _standing(question: Question, short: Candidate) -> str | None:
    """On what a short answer stands: the day of the article for what somebody is, the speaker for a quotation."""
    if question.kind is QuestionKind.DEFINITION:
        published = short.evidence.hit.header.published
        return f"as of {day_in_words(published.day)}" if published else None
    speaker = quoted_speaker(short.evidence, short.span) if short.kind is MentionKind.QUOTE else None
    return f"in the words of {speaker}" if speaker else None


def _write_other_voices(draft: Draft, others: Sequence[CorroboratingArticle]) -> None:
    """What other articles give beside the answer: another value, or the same text once more."""
    for voice in others:
        if not voice.agrees and voice.candidate is not None:
            number = draft.number(voice.evidence, voice.evidence.span)
            notes = (voice.candidate.rule, "which fits" if voice.agreement is Agreement.FITS else None)
            draft.say(StatementKind.SHORT, voice.candidate.text, (number,), "; ".join(filter(None, notes)) or None)
            draft.quote(number)
    if values_differ(others):
        draft.say(StatementKind.REMARK, "The articles differ.", ())
    for voice in others:
        if voice.agrees and voice.copied:
            number = draft.number(voice.evidence, voice.evidence.span)
            draft.say(StatementKind.REMARK, "Nearly word for word also in", (number,))


def _write_further(draft: Draft, context: AnswerContext) -> None:
    """Further sentences of the same article where they score nearly as well and there is room for them."""
    best = context.evidence[0]
    room = _MOST_WORDS - sum(len(citation.quote.split()) for citation in draft.citations)
    for piece in _of_the_speaker(context)[1 : _FURTHER + 1]:
        words = len(piece.text.split())
        same = piece.hit.passage.article_id == best.hit.passage.article_id
        if same and piece.score >= best.score - _CLOSE and words <= room and not draft.quotes(piece):
            draft.quote(draft.number(piece, piece.span))
            room -= words


def _of_the_speaker(context: AnswerContext) -> Sequence[Evidence]:
    """The evidence; where somebody's words are asked for, only what gives them."""
    speaker = context.speaker
    return [each for each in context.evidence if speaker is None or quotes_or_reports(speaker, each.hit, each.index)]


def _write_list(draft: Draft, context: AnswerContext) -> None:
    found = list_items(context)
    if len(found) < 2:
        _write_quotes(draft, context)
        return
    quoted: list[int] = []
    for item in found:
        number = draft.number(item.evidence, item.evidence.span)
        draft.say(StatementKind.ITEM, item.text, (number,))
        quoted.append(number)
    for number in dict.fromkeys(quoted):
        draft.quote(number)


def _write_sides(draft: Draft, context: AnswerContext) -> None:
    """What each outlet says, under its name; an outlet that says nothing of it is named as well."""
    found = outlet_quotes(context)
    spoken = [
        (side, draft.number(side.evidence, quote_span(context.terms, side.evidence))) for side in found if side.evidence
    ]
    _write_values(draft, context, [(side.evidence, number) for side, number in spoken if side.evidence])
    for side, number in spoken:
        draft.quote(number, side.name)
    silent = [side.name for side in found if side.evidence is None]
    if silent and draft.citations:
        draft.say(StatementKind.REMARK, f"Nothing on this from {' or '.join(silent)}.", ())


def _write_values(draft: Draft, context: AnswerContext, spoken: Sequence[tuple[Evidence, int]]) -> None:
    """The value asked for in each article's own sentence, side by side; the best sentence's, where not all give one."""
    values = [(stated_value(context, evidence), number) for evidence, number in spoken]
    if len(values) < 2 or not all(candidate for candidate, _ in values):
        best = sure_candidate(context, context.evidence[0])
        values = [(best, number) for evidence, number in spoken if evidence is context.evidence[0]]
    for candidate, number in values:
        if candidate is not None:
            draft.say(StatementKind.SHORT, candidate.text, (number,), candidate.rule)


_WRITERS = {
    QuestionKind.LIST: _write_list,
}


def _no_answer(context: AnswerContext, judgement: Judgement, reason: Reason, profile: CorpusProfile) -> NoAnswer:
    return NoAnswer(
        text=context.question.text,
        kind=context.question.kind,
        reason=reason,
        missing=judgement.missing,
        nearest=_cited(_closest(context) if reason is Reason.CLOSEST else _nearest(context)),
        confidence=judgement.probability,
        respellings=context.finding.respellings,
        profile=profile,
    )


def _closest(context: AnswerContext) -> Sequence[Evidence]:
    """The best sentences, best first; one that several articles have counts once."""
    distinct: list[Evidence] = []
    for piece in _of_the_speaker(context):
        if not any(piece.text == other.text or is_copy(piece, other) for other in distinct):
            distinct.append(piece)
    return distinct[:_CLOSEST]


def _nearest(context: AnswerContext) -> Sequence[Evidence]:
    """The best sentence of each of the best passages, where it meets enough of the question to be called near."""
    best: dict[str, Evidence] = {}
    for piece in context.evidence:
        best.setdefault(piece.hit.passage.id, piece)
    near = [piece for piece in best.values() if context.terms.share(overlap_of(context.terms, piece).matched) >= _NEAR]
    return near[:_NEAREST]


def _cited(pieces: Sequence[Evidence]) -> tuple[Citation, ...]:
    return tuple(cite(number, piece, piece.span) for number, piece in enumerate(pieces, start=1))
