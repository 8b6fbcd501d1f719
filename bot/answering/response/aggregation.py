"""Aggregation: evidence for questions for all there is, such as every outlet that reported, every name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import zip_longest

from bot.answering.models import Evidence, QuestionKind
from bot.answering.reader.context import AnswerContext
from bot.answering.reader.term_matching import QuestionTerms, overlap_of, overlaps_in, title_overlap
from retrieval.models import DateRange, Finding, Header, Mention, MentionKind, Record
from retrieval.timex.values import days_of

_SHARE_OF_BEST = 0.75
"""Articles that match less of the question than this share of the best one's match are left out; chosen by hand."""
_LEAST = 0.5
"""The share of the question, weighted by idf, that a passage with its title must have; chosen by hand."""
_DAY = len("2022-01-04")
_ON_THE_CALENDAR = frozenset({MentionKind.DATE, MentionKind.TIME})


class DatedSentence(Record):
    """A sentence with a ``mention`` of one of the days asked about; ``days`` are the days of that mention."""

    evidence: Evidence
    mention: Mention
    days: DateRange


class NamedValue(Record):
    """A name, the first sentence that has it, and how many articles do."""

    evidence: Evidence
    words: str
    articles: int


def name_of(header: Header) -> str:
    """How a source is named: the outlet, or the headline in quotation marks, or the article's id."""
    return header.outlet or (f"“{header.title}”" if header.title else header.id)


def best_of_each_article(evidence: Iterable[Evidence]) -> list[Evidence]:
    """The best sentence of each article, in the order of their passages."""
    best: dict[str, Evidence] = {}
    for sentence in evidence:
        best.setdefault(sentence.hit.passage.article_id, sentence)
    return sorted(best.values(), key=lambda sentence: sentence.hit.rank)


def source_evidence(context: AnswerContext) -> list[Evidence]:
    """The best sentence of each article that matches the question nearly as well as the best one."""
    held = frozenset(
        number for number, term in enumerate(context.terms.distinct) if term.term in _known_terms(context.finding)
    )
    sentences = [
        evidence for evidence in best_of_each_article(context.evidence) if has_most_words(context.terms, evidence, held)
    ]
    shares = [_matched_share(context.terms, evidence) for evidence in sentences]
    least = _SHARE_OF_BEST * max(shares, default=0.0)
    return [evidence for evidence, share in zip(sentences, shares, strict=True) if share >= least]


def _matched_share(terms: QuestionTerms, evidence: Evidence) -> float:
    title = title_overlap(terms, evidence.hit)
    return terms.share(overlap_of(terms, evidence).matched | title.matched)


def about_the_question(context: AnswerContext, sentences: Iterable[Evidence]) -> list[Evidence]:
    """The sentences of which the passage or title has all names of the question and most of its other words."""
    return [evidence for evidence in sentences if _is_about_the_question(context.terms, evidence)]


def _is_about_the_question(terms: QuestionTerms, evidence: Evidence) -> bool:
    title, overlaps = title_overlap(terms, evidence.hit), overlaps_in(terms, evidence.hit)
    around = title.matched.union(*(overlap.matched for overlap in overlaps))
    return not terms.distinct or (terms.names <= around and terms.share(around) >= _LEAST)


def _known_terms(finding: Finding) -> frozenset[str]:
    return frozenset(count.term for count in finding.counts if count.passages)


def has_most_words(terms: QuestionTerms, evidence: Evidence, held: frozenset[int]) -> bool:
    """Whether the passage or its title has most of the question's words themselves, not only synonyms of them.

    ``held`` are the words that some article has; others cannot be expected of one.
    """
    title, overlaps = title_overlap(terms, evidence.hit), overlaps_in(terms, evidence.hit)
    return not held or terms.share_of(title.exact.union(*(overlap.exact for overlap in overlaps)), held) >= _LEAST


def dated_sentences(context: AnswerContext) -> list[DatedSentence]:
    """The sentences that name one of the days asked about, earliest day first; of what is planned, only future days."""
    asked = context.question.asked_days
    if asked is None:
        return []
    dated = [
        sentence for each in about_the_question(context, context.evidence) if (sentence := _dated(each, asked.window))
    ]
    planned = context.question.kind is QuestionKind.PLANNED
    return sorted((sentence for sentence in dated if not planned or is_announced(sentence)), key=_place_in_time)


def is_announced(sentence: DatedSentence) -> bool:
    """Whether the day was in the future when the article that names it appeared."""
    published, first = sentence.evidence.hit.header.published, sentence.days.first
    return published is not None and first is not None and first > published.day


def _place_in_time(sentence: DatedSentence) -> tuple[str, str, int, int]:
    first = sentence.days.first.isoformat() if sentence.days.first else ""
    where = sentence.evidence
    return first, sentence.mention.value or "", where.hit.rank, where.index


def _dated(sentence: Evidence, window: DateRange) -> DatedSentence | None:
    """The sentence with the most exact of the days it names within ``window``, the earliest of several."""
    found = [
        DatedSentence(evidence=sentence, mention=mention, days=days)
        for mention in sentence.hit.mentions_in(sentence.index)
        if mention.kind in _ON_THE_CALENDAR and (days := days_of(mention.value or "")) and _lies_in(days, window)
    ]
    return min(found, key=lambda each: (len(each.mention.value or "") < _DAY, _place_in_time(each)), default=None)


def _lies_in(days: DateRange, window: DateRange) -> bool:
    return (
        days.first is not None and days.last is not None and window.contains(days.first) and window.contains(days.last)
    )


def spread_over_articles(sentences: Sequence[DatedSentence], count: int) -> list[DatedSentence]:
    """``count`` sentences at most, in their order: the best of each article, then the second best of each."""
    by_article: dict[str, list[DatedSentence]] = {}
    for sentence in sorted(sentences, key=_preference):
        by_article.setdefault(sentence.evidence.hit.passage.article_id, []).append(sentence)
    in_turn = (sentence for each in zip_longest(*by_article.values()) for sentence in each if sentence is not None)
    chosen = {id(sentence) for sentence, _ in zip(in_turn, range(count), strict=False)}
    return [sentence for sentence in sentences if id(sentence) in chosen]


def _preference(sentence: DatedSentence) -> tuple[bool, float, int, int]:
    """The order of one article's sentences: "today", which may be any day, last; then by score; then as found."""
    where = sentence.evidence
    words = where.hit.passage.words_of(sentence.mention.span)
    return words.casefold() in _ANY_DAY, -where.score, where.hit.rank, where.index


_ANY_DAY = frozenset({"today", "now", "tonight", "currently"})


def named_values(context: AnswerContext) -> list[NamedValue]:
    """The names that were found, each with the first sentence that has it, those in most articles first."""
    first: dict[str, tuple[Evidence, str]] = {}
    for evidence in sorted(context.evidence, key=lambda evidence: (evidence.hit.rank, evidence.index)):
        for mention in evidence.hit.mentions_in(evidence.index):
            if mention.kind in context.question.expected_types and mention.value:
                first.setdefault(mention.value, (evidence, evidence.hit.passage.words_of(mention.span)))
    return [
        NamedValue(evidence=first[name.value][0], words=first[name.value][1], articles=name.articles)
        for name in context.finding.names
        if name.value in first
    ]
