"""Corroboration: which other articles say the same, in the same words or their own, and which give another value.

The thresholds were chosen by hand; scores are log odds, as they are fitted (weights.toml).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from difflib import SequenceMatcher
from enum import StrEnum

from bot.answering.models import Candidate, Evidence
from bot.answering.reader.answer_extractor import extract_answers, sure_candidate
from bot.answering.reader.context import AnswerContext
from bot.answering.reader.term_matching import QuestionTerms, overlap_of, overlaps_in, title_overlap
from retrieval.models import NAME_KINDS, DateRange, Mention, MentionKind, Record
from retrieval.timex.values import days_of

MEASURED = frozenset(
    {MentionKind.DATE, MentionKind.NUMBER, MentionKind.MONEY, MentionKind.PERCENT, MentionKind.DURATION}
)
_AS_GOOD = 0.8
"""Another article's sentence must match this share of what the best one matches, where no value is asked for."""
_ON_IT = 0.75
"""The share of a question that two sentences with their titles must match for their values to be compared."""
_CLOSE = 3.0
"""By how much another sentence may score less where no value is asked for."""
_NEAR = 7.0
"""By how much it may score less where values are compared, which have conditions of their own."""
_WHEREABOUTS = frozenset("around near between during against within across among over under".split())
_ONE_TIME = timedelta(days=31)
"""Articles that appeared farther apart may report different events."""
_LEAST = 0.5
"""The share of the question's words that both sentences must have."""
_CLEAR = 1.5
"""How many times the score of the next value in a sentence a value must have to be what its article states."""
_COPIED = 0.8
"""Sentences that share so many of their words are copies of one text."""
_LONG = 8
"""In words: shorter sentences may be alike by chance."""
_ALIKE = 0.8
"""The similarity, 0 to 1, of two spellings of one name: Cavusoglu and Chavushoglu."""


class Agreement(StrEnum):
    """How another article's value relates to the one that is given: the same, compatible with it, or another."""

    SAME = "same"
    FITS = "fits"
    OTHER = "other"


class CorroboratingArticle(Record):
    """What another article contributes: its sentence, its own value where one is asked for, and how that compares.

    ``copied`` where it is the same text, as articles of one agency are: it proves nothing more.
    """

    evidence: Evidence
    candidate: Candidate | None = None
    agreement: Agreement = Agreement.SAME
    copied: bool = False

    @property
    def agrees(self) -> bool:
        return self.agreement is Agreement.SAME


def corroborating_articles(
    context: AnswerContext, best: Evidence, short: Candidate | None
) -> tuple[CorroboratingArticle, ...]:
    """The other articles whose evidence is about as good as the best, each once, in order of their evidence."""
    if short is not None and short.kind not in MEASURED | NAME_KINDS:
        return ()
    as_good = _as_good if short is None else _same_subject
    found: dict[str, CorroboratingArticle] = {}
    for evidence in (*context.evidence, *context.more):
        article = evidence.hit.passage.article_id
        if article == best.hit.passage.article_id or article in found or evidence.score < best.score - _NEAR:
            continue
        if (
            as_good(context.terms, best, evidence)
            and (corroborating := _corroboration(context, best, short, evidence)) is not None
        ):
            found[article] = corroborating
    return tuple(found.values())


def _as_good(terms: QuestionTerms, best: Evidence, other: Evidence) -> bool:
    """Whether a sentence has about as much of the question as the best one, and all names that the best one has."""
    mine, theirs = overlap_of(terms, best).exact, overlap_of(terms, other).exact
    enough = terms.share(mine) >= _LEAST and terms.share(theirs) >= max(_AS_GOOD * terms.share(mine), _LEAST)
    return enough and mine & terms.names <= theirs and other.score >= best.score - _CLOSE


def _same_subject(terms: QuestionTerms, best: Evidence, other: Evidence) -> bool:
    """Whether two sentences with a value are about nearly all that the question asks, at nearly the same time.

    The headline and the sentence before count as well.
    """
    mine, theirs = overlap_of(terms, best).matched, overlap_of(terms, other).matched
    mine_around, theirs_around = mine | _context_terms(terms, best), theirs | _context_terms(terms, other)
    asked = frozenset(number for number, term in enumerate(terms.distinct) if term.word not in _WHEREABOUTS)
    words = mine & asked - terms.names - terms.numbers or mine
    return (
        min(terms.share_of(mine_around, asked), terms.share_of(theirs_around, asked)) >= _ON_IT
        and len(theirs & words) >= _LEAST * len(words)
        and mine_around & (terms.names | terms.numbers) <= theirs_around
        and _same_time(best, other)
    )


def _same_time(one: Evidence, other: Evidence) -> bool:
    """Whether two articles appeared so close to each other that they may report one event."""
    mine, theirs = one.hit.header.published, other.hit.header.published
    return mine is not None and theirs is not None and abs(mine.day - theirs.day) <= _ONE_TIME


def _context_terms(terms: QuestionTerms, evidence: Evidence) -> frozenset[int]:
    title = title_overlap(terms, evidence.hit).matched
    return title | overlaps_in(terms, evidence.hit)[evidence.index - 1].matched if evidence.index else title


def _corroboration(
    context: AnswerContext, best: Evidence, short: Candidate | None, evidence: Evidence
) -> CorroboratingArticle | None:
    """What an article contributes; None where it does not give the kind of value that is asked for."""
    copied = is_copy(best, evidence)
    if short is None:
        return CorroboratingArticle(evidence=evidence, copied=copied)
    own = stated_value(context, evidence)
    if own is None and copied:
        return CorroboratingArticle(evidence=evidence, copied=True)
    if own is None or own.kind is not short.kind:
        return None
    return CorroboratingArticle(evidence=evidence, candidate=own, agreement=agreement_of(own, short), copied=copied)


def stated_value(context: AnswerContext, evidence: Evidence) -> Candidate | None:
    """The value asked for that a sentence states; None where it states none, or several that fit as well."""
    candidates = extract_answers(context.question, context.terms, (evidence,))
    rivals = [other for other in candidates[1:] if value_of(other) != value_of(candidates[0])]
    if rivals and candidates[0].score < _CLEAR * rivals[0].score:
        return None
    return sure_candidate(replace(context, candidates=candidates), evidence)


def agreement_of(one: Candidate, other: Candidate) -> Agreement:
    """Whether two values are the same, may both be true ("next week" and a day in it), or are different."""
    mine, theirs = value_of(one), value_of(other)
    if mine == theirs or (one.kind in NAME_KINDS and same_name(mine, theirs)):
        return Agreement.SAME
    if _is_bound(_led_in(one), mine, theirs) or _is_bound(_led_in(other), theirs, mine):
        return Agreement.FITS
    days, others = days_of(mine), days_of(theirs)
    if days is not None and others is not None and (_within(days, others) or _within(others, days)):
        return Agreement.FITS
    return Agreement.OTHER


def _led_in(candidate: Candidate) -> str:
    """A value's words with the few before them in its sentence."""
    evidence, start = candidate.evidence, candidate.span.start
    return f"{evidence.text[: start - evidence.span.start][-_LEAD:]}{candidate.text}"


def _is_bound(words: str, value: str, other: str) -> bool:
    """Whether a number is a bound that the other number satisfies: "at least seven" and nine."""
    bound, number = _BOUND.search(words), (_number(value), _number(other))
    if bound is None or None in number or value.partition(" ")[2] != other.partition(" ")[2]:
        return False
    return number[0] <= number[1] if bound[1] else number[0] >= number[1]  # type: ignore[operator]


_LEAD = 12
"""In characters: enough for "a minimum of" before a number."""
_BOUND = re.compile(
    r"(?:(at least|more than|over|a minimum of)|at most|up to|fewer than|less than|under)\b", re.IGNORECASE
)


def _number(value: str) -> float | None:
    try:
        return float(value.partition(" ")[0])
    except ValueError:
        return None


def _within(inner: DateRange, outer: DateRange) -> bool:
    return all(day is not None and outer.contains(day) for day in (inner.first, inner.last))


def same_name(one: str, other: str) -> bool:
    """Whether two folded names may be one in two spellings or lengths: Cavusoglu, Chavushoglu, Mevlut Cavusoglu.

    The last words must be alike, and so must be the first ones where both have one."""
    mine, theirs = one.split(), other.split()
    if not mine or not theirs or not _alike(mine[-1], theirs[-1]):
        return False
    return len(mine) == 1 or len(theirs) == 1 or _alike(mine[0], theirs[0])


def _alike(one: str, other: str) -> bool:
    return one == other or SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE


def is_copy(one: Evidence, other: Evidence) -> bool:
    """Whether two sentences are nearly the same words, which is how one agency's report looks in two outlets."""
    mine, theirs = {token.word for token in one.tokens}, {token.word for token in other.tokens}
    return min(len(mine), len(theirs)) >= _LONG and len(mine & theirs) >= _COPIED * len(mine | theirs)


def value_of(candidate: Candidate) -> str:
    """The value by which two candidates are compared: that of its mention, else its words."""
    mention = next((m for m in candidate.evidence.hit.passage.mentions if _shows(candidate, m)), None)
    return (mention.value if mention else None) or candidate.text.casefold()


def _shows(candidate: Candidate, mention: Mention) -> bool:
    """Whether a candidate is a mention with more or fewer words: "at least 12" for 12."""
    span = candidate.span
    return mention.kind is candidate.kind and mention.span.start < span.end and span.start < mention.span.end


def values_differ(others: Sequence[CorroboratingArticle]) -> bool:
    """Whether an article gives a measured value that contradicts the short answer."""
    return any(v.agreement is Agreement.OTHER and v.candidate and v.candidate.kind in MEASURED for v in others)
