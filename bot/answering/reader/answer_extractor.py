"""Answer extraction: the span of the evidence that is asked for, such as a date, a number, a name, a reason.

The score of a mention is its fit times (0.5 + proximity), less 0.5 for each sentence that is ranked higher. The
thresholds were chosen by hand and measured on SQuAD (docs/quality.md, short answers).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from bot.answering.dates import shown_date
from bot.answering.models import Candidate, Evidence, Question, QuestionKind
from bot.answering.reader.amounts import units_asked
from bot.answering.reader.context import AnswerContext
from bot.answering.reader.people import office_holders, stated_roles
from bot.answering.reader.proximity import closeness, has_asked_role
from bot.answering.reader.span_boundaries import asked_span, range_around, since_or_until
from bot.answering.reader.term_matching import QuestionTerms, overlaps_in, title_overlap
from bot.answering.reader.typed_mentions import TypedMention, typed_mentions
from retrieval.models import NAME_KINDS, Mention, MentionKind, Span
from retrieval.text.tokens import index_terms

_SENTENCES_READ = 3
"""How many sentences may give the short answer, best first."""
_LEAST_FIT = 0.6
"""Mentions that fit less are no items of a list: a region where countries are asked for has 0.3."""
_RIVAL = 0.8
"""From this share of the best score on, another name is a rival, and no name is chosen."""
_SURE_NAME = 0.7
"""A name with a lower score is no short answer."""
_LEAST_SCORE = 0.15
"""A date or an amount with a lower score is no short answer."""
_LEAST_MEASURED_SCORE = 0.45
"""The same where a unit is asked for: an amount of another unit, a price for a height, scores less."""
_ITEM_DISTANCE = 6.0
"""Sentences of which the score (log odds) is lower than the best one's by more than this give no items of a list."""
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


def extract_answers(question: Question, terms: QuestionTerms, evidence: Sequence[Evidence]) -> tuple[Candidate, ...]:
    """Spans that may be the short answer, best first; none where the kind has none or no span is sure."""
    found = list(_candidates(question, terms, evidence[:_SENTENCES_READ]))
    return tuple(sorted(found, key=lambda candidate: -candidate.score))


def _candidates(question: Question, terms: QuestionTerms, evidence: Sequence[Evidence]) -> Iterator[Candidate]:
    for place, sentence in enumerate(evidence):
        if question.kind is QuestionKind.DEFINITION:
            yield from _definitions(question, sentence, place)
        elif question.kind is QuestionKind.WHY:
            yield from _reasons(sentence, place)
        else:
            yield from _numbered(question, terms, sentence, place)
            if question.kind is not QuestionKind.LIST:
                yield from _typed(question, terms, sentence, place)


def _typed(question: Question, terms: QuestionTerms, evidence: Evidence, place: int) -> Iterator[Candidate]:
    role = question.office
    if role is not None:
        for mention in office_holders(role, evidence.hit, evidence.index):
            yield _verbatim(evidence, mention, 2.0 - place)
        return
    typed = typed_mentions(question, terms, evidence.hit, evidence.index)
    for one in typed:
        yield from _of_mention(question, terms, evidence, one, place)
    if question.kind is QuestionKind.HOW_LONG and not typed:
        yield from _durations(question, terms, evidence, place)


def _of_mention(
    question: Question, terms: QuestionTerms, evidence: Evidence, typed: TypedMention, place: int
) -> Iterator[Candidate]:
    passage, mention = evidence.hit.passage, typed.mention
    span = asked_span(question, mention, evidence)
    if span is None:
        return
    fit = typed.fit
    if question.kind is QuestionKind.WHO and not has_asked_role(question, evidence, span):
        fit *= _OTHER_ROLE
    score = fit * (0.5 + closeness(terms, evidence, mention.span)) - 0.5 * place
    text, rule = passage.words_of(span), None
    if mention.kind is MentionKind.DATE and span == mention.span:
        text, rule = shown_date(mention, text, question.date_part)
    yield Candidate(text=text, span=span, kind=mention.kind, evidence=evidence, score=score, rule=rule)


def _durations(question: Question, terms: QuestionTerms, evidence: Evidence, place: int) -> Iterator[Candidate]:
    """Durations that are given by their ends: "from 1870 to 1939", "since the 1950s"."""
    for mention in evidence.hit.mentions_in(evidence.index):
        if mention.kind is MentionKind.DATE:
            span = range_around(question, mention.span, evidence) or since_or_until(mention.span, evidence)
            if span is not None:
                words = evidence.hit.passage.words_of(span)
                score = 0.5 + closeness(terms, evidence, span) - 0.5 * place
                yield Candidate(text=words, span=span, kind=MentionKind.DATE, evidence=evidence, score=score)


_OTHER_ROLE = 0.6
"""The factor for a name that is the object where the subject is asked for, or the reverse."""


def _numbered(question: Question, terms: QuestionTerms, evidence: Evidence, place: int) -> Iterator[Candidate]:
    """``which article`` is answered by "Article 102": the noun asked for with the number after it."""
    if question.head is None or question.kind not in {QuestionKind.WHICH, QuestionKind.LIST, QuestionKind.WHAT}:
        return
    head = re.escape(question.head)
    for match in re.finditer(
        rf"(?:\b[A-Z]{{2,}} )?\b(?i:{head})s? \d[\w()./-]*(?: (?:and|to|or) \d[\w()./-]*)?", evidence.text
    ):
        end = match.start() + len(match[0].rstrip(".,;/-"))
        span = Span(start=evidence.span.start + match.start(), end=evidence.span.start + end)
        score = 0.5 + closeness(terms, evidence, span) - 0.5 * place
        yield Candidate(text=evidence.hit.passage.words_of(span), span=span, evidence=evidence, score=score)


def _verbatim(evidence: Evidence, mention: Mention, score: float) -> Candidate:
    words = evidence.hit.passage.words_of(mention.span)
    return Candidate(text=words, span=mention.span, kind=mention.kind, evidence=evidence, score=score)


def _definitions(question: Question, evidence: Evidence, place: int) -> Iterator[Candidate]:
    for role in stated_roles(question, evidence):
        words = evidence.hit.passage.words_of(role)
        yield Candidate(text=words, span=role, evidence=evidence, score=1.0 - 0.1 * place)


def _reasons(evidence: Evidence, place: int) -> Iterator[Candidate]:
    for match in _REASON.finditer(evidence.text):
        span = Span(start=evidence.span.start + match.start(), end=evidence.span.start + match.end())
        yield Candidate(text=evidence.hit.passage.words_of(span), span=span, evidence=evidence, score=1.0 - 0.5 * place)


def without_names(context: AnswerContext) -> AnswerContext:
    """The context without names as candidates; dates and numbers stay."""
    return replace(context, candidates=tuple(one for one in context.candidates if one.kind not in NAME_KINDS))


def sure_candidate(context: AnswerContext, best: Evidence) -> Candidate | None:
    """The short answer: the best candidate of the sentence ``best``; None where its score is low or it has a rival."""
    here = [candidate for candidate in context.candidates if candidate.evidence is best]
    if not here:
        return None
    first = here[0]
    if first.kind in _MEASURED and not _mentions_event(context, best):
        return None
    if first.kind in _MEASURED or first.kind is None:
        other_unit = context.question.kind is QuestionKind.HOW_LONG and context.question.head is not None
        least = _LEAST_MEASURED_SCORE if other_unit or units_asked(context.question.text) else _LEAST_SCORE
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


def _mentions_event(context: AnswerContext, best: Evidence) -> bool:
    """Whether the sentence, its title or one next to it has a word of the question besides names and numbers.

    A date next to the right names may be that of another event. Births and deaths are often only years in brackets.
    """
    terms = context.terms
    said = {n for n, term in enumerate(terms.distinct) if not (term.name or term.number or term.dated)}
    said -= {n for n in said if terms.distinct[n].word == context.question.head}
    if not said or not said.isdisjoint(n for n in said if terms.distinct[n].term in _lifespan_terms()):
        return True
    overlaps = overlaps_in(terms, best.hit)
    near = title_overlap(terms, best.hit).matched.union(
        *(overlap.matched for overlap in overlaps[max(0, best.index - 1) : best.index + 2])
    )
    return not said.isdisjoint(near)


@cache
def _lifespan_terms() -> frozenset[str]:
    return frozenset(index_terms("born birth birthday die died death live lived reign ruled"))


def _is_rival(first: Candidate, other: Candidate) -> bool:
    """Whether another name may answer as well: it scores nearly as high, or is joined to the first by "and"."""
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


def list_items(context: AnswerContext) -> tuple[Candidate, ...]:
    """The items of a list: every fitting mention of the best article's sentences, in reading order, each once."""
    if not context.evidence or not context.question.expected_types:
        return ()
    best = context.evidence[0]
    found: dict[str, Candidate] = {}
    for evidence in sorted(_related(context.evidence), key=lambda evidence: evidence.span.start):
        for typed in typed_mentions(context.question, context.terms, evidence.hit, evidence.index):
            if typed.fit >= _LEAST_FIT and evidence.hit.passage.article_id == best.hit.passage.article_id:
                item = _verbatim(evidence, typed.mention, typed.fit)
                found.setdefault(typed.mention.value or item.text, item)
    return tuple(found.values())


def _related(evidence: Sequence[Evidence]) -> list[Evidence]:
    return [sentence for sentence in evidence if sentence.score >= evidence[0].score - _ITEM_DISTANCE]
