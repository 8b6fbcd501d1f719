"""Finds the asked-for span in the evidence: a date, a number, a name, a place, a reason."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from bot.answering.dates import shown_date
from bot.answering.models import Candidate, Evidence, Question, QuestionKind
from bot.answering.reader.amounts import measures_asked
from bot.answering.reader.context import AnswerContext
from bot.answering.reader.people import people_with_role, roles_of
from bot.answering.reader.proximity import closeness, stands_as_asked
from bot.answering.reader.span_boundaries import asked_span, range_around, since_or_until
from bot.answering.reader.term_matching import QuestionTerms, overlaps_in, title_overlap
from bot.answering.reader.typed_mentions import TypedMention, typed_mentions
from retrieval.models import NAME_KINDS, Mention, MentionKind, Span
from retrieval.text.tokens import index_terms

_LOOKED_AT = 3
_FITTING = 0.6
_RIVAL = 0.8
"""From this share of the best score on, another name is a rival, and none is chosen."""
_SURE_NAME = 0.7
_LEAST = 0.15
_LEAST_MEASURE = 0.45
"""What is of another unit than was asked, a price for a height, scores less than this."""
_RELATED = 6.0
_MEASURED = frozenset(
    {
        MentionKind.DATE,
        MentionKind.TIME,
        MentionKind.DURATION,
        MentionKind.SET,
        MentionKind.NUMBER,
        MentionKind.MONEY,
        MentionKind.PERCENT,
    }
)
_REASON = re.compile(
    r"\b(?:because of|because|due to|owing to|in protest (?:at|of|against)|in response to|protesting against|"
    r"over fears? of|as a result of|in a (?:dispute|row|quarrel|conflict) (?:over|about)|in anger (?:at|over)|"
    r"in order to|so that|caused by|triggered by|sparked by|prompted by|in an? (?:attempt|effort|"
    r"bid) to)\b[^.;:()\u201c\u201d\"]{6,120}?(?=[.;:,()\u201d\"]|$)",
    re.IGNORECASE,
)


def extract_answers(question: Question, needs: QuestionTerms, evidence: Sequence[Evidence]) -> tuple[Candidate, ...]:
    """Spans that may be the short answer, best first; none where the kind has none or no span is sure."""
    found = list(_candidates(question, needs, evidence[:_LOOKED_AT]))
    return tuple(sorted(found, key=lambda candidate: -candidate.score))


def _candidates(question: Question, needs: QuestionTerms, evidence: Sequence[Evidence]) -> Iterator[Candidate]:
    for place, piece in enumerate(evidence):
        if question.kind is QuestionKind.DEFINITION:
            yield from _definitions(question, piece, place)
        elif question.kind is QuestionKind.WHY:
            yield from _reasons(piece, place)
        else:
            yield from _numbered(question, needs, piece, place)
            if question.kind is not QuestionKind.LIST:
                yield from _typed(question, needs, piece, place)


def _typed(question: Question, needs: QuestionTerms, piece: Evidence, place: int) -> Iterator[Candidate]:
    role = question.office
    if role is not None:
        for mention in people_with_role(role, piece.hit, piece.index):
            yield _verbatim(piece, mention, 2.0 - place)
        return
    typed = typed_mentions(question, needs, piece.hit, piece.index)
    for one in typed:
        yield from _of_mention(question, needs, piece, one, place)
    if question.kind is QuestionKind.HOW_LONG and not typed:
        yield from _lasting(question, needs, piece, place)


def _of_mention(
    question: Question, needs: QuestionTerms, piece: Evidence, typed: TypedMention, place: int
) -> Iterator[Candidate]:
    passage, mention = piece.hit.passage, typed.mention
    span = asked_span(question, mention, piece)
    if span is None:
        return
    fit = typed.fit
    if question.kind is QuestionKind.WHO and not stands_as_asked(question, piece, span):
        fit *= _OTHER_SIDE
    score = fit * (0.5 + closeness(needs, piece, mention.span)) - 0.5 * place
    text, rule = passage.words_of(span), None
    if mention.kind is MentionKind.DATE and span == mention.span:
        text, rule = shown_date(mention, text, question.date_part)
    yield Candidate(text=text, span=span, kind=mention.kind, evidence=piece, score=score, rule=rule)


def _lasting(question: Question, needs: QuestionTerms, piece: Evidence, place: int) -> Iterator[Candidate]:
    """How long something lasts, told by its ends: "from 1870 to 1939", "since the 1950s"."""
    for mention in piece.hit.mentions_in(piece.index):
        if mention.kind is MentionKind.DATE:
            span = range_around(question, mention.span, piece) or since_or_until(mention.span, piece)
            if span is not None:
                words = piece.hit.passage.words_of(span)
                score = 0.5 + closeness(needs, piece, span) - 0.5 * place
                yield Candidate(text=words, span=span, kind=MentionKind.DATE, evidence=piece, score=score)


_OTHER_SIDE = 0.6


def _numbered(question: Question, needs: QuestionTerms, piece: Evidence, place: int) -> Iterator[Candidate]:
    """``which article`` is answered by "Article 102": the noun asked for with the number behind it."""
    if question.head is None or question.kind not in {QuestionKind.WHICH, QuestionKind.LIST, QuestionKind.WHAT}:
        return
    head = re.escape(question.head)
    for match in re.finditer(
        rf"(?:\b[A-Z]{{2,}} )?\b(?i:{head})s? \d[\w()./-]*(?: (?:and|to|or) \d[\w()./-]*)?", piece.text
    ):
        end = match.start() + len(match[0].rstrip(".,;/-"))
        span = Span(start=piece.span.start + match.start(), end=piece.span.start + end)
        score = 0.5 + closeness(needs, piece, span) - 0.5 * place
        yield Candidate(text=piece.hit.passage.words_of(span), span=span, evidence=piece, score=score)


def _verbatim(piece: Evidence, mention: Mention, score: float) -> Candidate:
    words = piece.hit.passage.words_of(mention.span)
    return Candidate(text=words, span=mention.span, kind=mention.kind, evidence=piece, score=score)


def _definitions(question: Question, piece: Evidence, place: int) -> Iterator[Candidate]:
    for role in roles_of(question, piece):
        words = piece.hit.passage.words_of(role)
        yield Candidate(text=words, span=role, evidence=piece, score=1.0 - 0.1 * place)


def _reasons(piece: Evidence, place: int) -> Iterator[Candidate]:
    for match in _REASON.finditer(piece.text):
        span = Span(start=piece.span.start + match.start(), end=piece.span.start + match.end())
        yield Candidate(text=piece.hit.passage.words_of(span), span=span, evidence=piece, score=1.0 - 0.5 * place)


def without_names(context: AnswerContext) -> AnswerContext:
    """The case without names as short answers; dates and numbers stay."""
    return replace(context, candidates=tuple(one for one in context.candidates if one.kind not in NAME_KINDS))


def sure_candidate(context: AnswerContext, best: Evidence) -> Candidate | None:
    """The short answer, where one span is clearly it: in the best sentence, and of a measured kind or with no rival."""
    here = [candidate for candidate in context.candidates if candidate.evidence is best]
    if not here:
        return None
    first = here[0]
    if first.kind in _MEASURED and not _tells_the_event(context, best):
        return None
    if first.kind in _MEASURED or first.kind is None:
        other_unit = context.question.kind is QuestionKind.HOW_LONG and context.question.head is not None
        least = _LEAST_MEASURE if other_unit or measures_asked(context.question.text) else _LEAST
        return first if first.score > least else None
    if first.kind is MentionKind.NATIONALITY and context.question.kind is QuestionKind.WHO:
        return None
    rivals = [other for other in here[1:] if other.text != first.text and _is_rival(first, other)]
    return first if first.score > _SURE_NAME and not rivals else None


def short_answer(context: AnswerContext, best: Evidence) -> Candidate | None:
    """The short answer: the reader's span where there is one, in the form that rules give it; else the sure candidate.

    Rules know how a date was derived and how far a value reaches, so a candidate of theirs that shares the reader's
    words stands for them; a span that holds nothing of the expected types is no short answer."""
    if best.reading is None or context.question.kind in _WITHOUT_SPAN:
        return sure_candidate(context, best)
    span = best.reading.span
    typed = [each for each in context.candidates if each.evidence is best and each.span.overlaps(span)]
    if typed:
        return typed[0]
    words = best.hit.passage.words_of(span)
    fits = not context.question.expected_types and len(words.split()) <= _MOST_WORDS
    return Candidate(text=words, span=span, evidence=best) if fits else None


_WITHOUT_SPAN = frozenset(
    {QuestionKind.YES_NO, QuestionKind.QUOTATION, QuestionKind.DEFINITION, QuestionKind.KEYWORDS, QuestionKind.LIST}
)
"""Kinds of question whose short answer is not a span of the reader: they ask for a whole sentence, or for several."""
_MOST_WORDS = 12
"""Words of a short answer; a longer span is read better inside its quote."""


def _tells_the_event(context: AnswerContext, best: Evidence) -> bool:
    """Whether the sentence, its title or one beside it has any word of what the question says of its names.

    A date beside the right names may be that of anything else. Births and deaths are told by years in brackets."""
    needs = context.needs
    said = {n for n, term in enumerate(needs.terms) if not (term.name or term.number or term.dated)}
    said -= {n for n in said if needs.terms[n].word == context.question.head}
    if not said or not said.isdisjoint(n for n in said if needs.terms[n].term in _lifespan_terms()):
        return True
    overlaps = overlaps_in(needs, best.hit)
    near = title_overlap(needs, best.hit).matched.union(
        *(overlap.matched for overlap in overlaps[max(0, best.index - 1) : best.index + 2])
    )
    return not said.isdisjoint(near)


@cache
def _lifespan_terms() -> frozenset[str]:
    return frozenset(index_terms("born birth birthday die died death live lived reign ruled"))


def _is_rival(first: Candidate, other: Candidate) -> bool:
    """Whether another name could be meant as well: it stands as close, or is joined to the first by "and"."""
    if other.score > _RIVAL * first.score:
        return True
    start, end = sorted((first.span, other.span), key=lambda span: span.start)
    if start.end >= end.start:
        return False
    between = first.evidence.hit.passage.words_of(Span(start=start.end, end=end.start))
    return other.kind is first.kind and _JOINED.fullmatch(between) is not None


_JOINED = re.compile(
    r"(?:(?:, [A-Z][\w'’ .-]*)*,? (?:and|or|as well as|along with|together with)|[^.;]* so did)(?: the)?"
    r"(?: [A-Z][\w'’.-]*){0,3} "
)


def items(context: AnswerContext) -> tuple[Candidate, ...]:
    """A list's items: every fitting mention of the sentences that meet the question, in reading order, each once."""
    if not context.evidence or not context.question.expected_types:
        return ()
    best = context.evidence[0]
    found: dict[str, Candidate] = {}
    for piece in sorted(_related(context.evidence), key=lambda piece: piece.span.start):
        for typed in typed_mentions(context.question, context.needs, piece.hit, piece.index):
            if typed.fit >= _FITTING and piece.hit.passage.article_id == best.hit.passage.article_id:
                item = _verbatim(piece, typed.mention, typed.fit)
                found.setdefault(typed.mention.value or item.text, item)
    return tuple(found.values())


def _related(evidence: Sequence[Evidence]) -> list[Evidence]:
    return [piece for piece in evidence if piece.score >= evidence[0].score - _RELATED]
