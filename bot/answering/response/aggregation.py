"""Evidence for questions that want all there is: every outlet that reported, everything of some days, every name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import zip_longest

from bot.answering.models import Evidence, QuestionKind
from bot.answering.reader.context import AnswerContext
from bot.answering.reader.term_matching import QuestionTerms, overlap_of, overlaps_in, title_overlap
from retrieval.models import DateRange, Finding, Header, Mention, MentionKind, Record
from retrieval.timex.values import days_of

_SHARE_OF_BEST = 0.75
_LEAST = 0.5
_DAY = len("2022-01-04")
_ON_THE_CALENDAR = frozenset({MentionKind.DATE, MentionKind.TIME})


class DatedSentence(Record):
    """A sentence that names one of the days asked about, by ``mention``; ``days`` are that mention's."""

    evidence: Evidence
    mention: Mention
    days: DateRange


class NamedValue(Record):
    """A name, where it is first met, and how many articles name it."""

    evidence: Evidence
    words: str
    articles: int


def name_of(header: Header) -> str:
    """What an article is called where its outlet matters: the outlet, or the headline in quotation marks."""
    return header.outlet or (f"“{header.title}”" if header.title else header.id)


def best_of_each_article(evidence: Iterable[Evidence]) -> list[Evidence]:
    """The best sentence of each article, in the order of the passages they stand in."""
    best: dict[str, Evidence] = {}
    for piece in evidence:
        best.setdefault(piece.hit.passage.article_id, piece)
    return sorted(best.values(), key=lambda piece: piece.hit.rank)


def source_evidence(context: AnswerContext) -> list[Evidence]:
    """The best sentence of each article that meets the question nearly as well as the best one."""
    held = frozenset(number for number, term in enumerate(context.needs.terms) if term.term in _held(context.finding))
    pieces = [piece for piece in best_of_each_article(context.evidence) if in_so_many_words(context.needs, piece, held)]
    reach = [_reach(context.needs, piece) for piece in pieces]
    bar = _SHARE_OF_BEST * max(reach, default=0.0)
    return [piece for piece, met in zip(pieces, reach, strict=True) if met >= bar]


def _reach(needs: QuestionTerms, piece: Evidence) -> float:
    title = title_overlap(needs, piece.hit)
    return needs.share(overlap_of(needs, piece).matched | title.matched)


def on_the_subject(context: AnswerContext, pieces: Iterable[Evidence]) -> list[Evidence]:
    """Those whose passage or title names all that the question names, and meets most of its other words."""
    return [piece for piece in pieces if _is_on_subject(context.needs, piece)]


def _is_on_subject(needs: QuestionTerms, piece: Evidence) -> bool:
    title, overlaps = title_overlap(needs, piece.hit), overlaps_in(needs, piece.hit)
    around = title.matched.union(*(overlap.matched for overlap in overlaps))
    return not needs.terms or (needs.names <= around and needs.share(around) >= _LEAST)


def _held(finding: Finding) -> frozenset[str]:
    return frozenset(count.term for count in finding.counts if count.passages)


def in_so_many_words(needs: QuestionTerms, piece: Evidence, held: frozenset[int]) -> bool:
    """Whether the passage or its title has most of the question's words themselves, not only synonyms of them.

    Words that no article holds (those not in ``held``) cannot be asked of one."""
    title, overlaps = title_overlap(needs, piece.hit), overlaps_in(needs, piece.hit)
    return not held or needs.share_of(title.exact.union(*(overlap.exact for overlap in overlaps)), held) >= _LEAST


def on_days(context: AnswerContext) -> list[DatedSentence]:
    """The sentences that name one of the days asked about, earliest day first; of what is planned, those ahead."""
    asked = context.question.asked_days
    if asked is None:
        return []
    dated = [piece for each in on_the_subject(context, context.evidence) if (piece := _dated(each, asked.window))]
    planned = context.question.kind is QuestionKind.PLANNED
    return sorted((piece for piece in dated if not planned or told_ahead(piece)), key=_place_in_time)


def told_ahead(piece: DatedSentence) -> bool:
    """Whether the day lay ahead of the article that names it."""
    published, first = piece.evidence.hit.header.published, piece.days.first
    return published is not None and first is not None and first > published.day


def _place_in_time(piece: DatedSentence) -> tuple[str, str, int, int]:
    first = piece.days.first.isoformat() if piece.days.first else ""
    where = piece.evidence
    return first, piece.mention.value or "", where.hit.rank, where.index


def _dated(piece: Evidence, window: DateRange) -> DatedSentence | None:
    """The sentence with the most exact of the days it names within ``window``, the earliest of several."""
    found = [
        DatedSentence(evidence=piece, mention=mention, days=days)
        for mention in piece.hit.mentions_in(piece.index)
        if mention.kind in _ON_THE_CALENDAR and (days := days_of(mention.value or "")) and _lies_in(days, window)
    ]
    return min(found, key=lambda each: (len(each.mention.value or "") < _DAY, _place_in_time(each)), default=None)


def _lies_in(days: DateRange, window: DateRange) -> bool:
    return (
        days.first is not None and days.last is not None and window.contains(days.first) and window.contains(days.last)
    )


def fairest(pieces: Sequence[DatedSentence], count: int) -> list[DatedSentence]:
    """As many as ``count``, in their order: of each article in turn its best, or what it says first."""
    by_article: dict[str, list[DatedSentence]] = {}
    for piece in sorted(pieces, key=_worth_telling):
        by_article.setdefault(piece.evidence.hit.passage.article_id, []).append(piece)
    turns = (piece for turn in zip_longest(*by_article.values()) for piece in turn if piece is not None)
    chosen = {id(piece) for piece, _ in zip(turns, range(count), strict=False)}
    return [piece for piece in pieces if id(piece) in chosen]


def _worth_telling(piece: DatedSentence) -> tuple[bool, float, int, int]:
    """ "Today" may be any day; else the better sentence, or the one that was found first, comes first."""
    where = piece.evidence
    words = where.hit.passage.words_of(piece.mention.span)
    return words.casefold() in _ANY_DAY, -where.score, where.hit.rank, where.index


_ANY_DAY = frozenset({"today", "now", "tonight", "currently"})


def every_name(context: AnswerContext) -> list[NamedValue]:
    """The names that were gathered, each with the first sentence that has it, those in most articles first."""
    first: dict[str, tuple[Evidence, str]] = {}
    for piece in sorted(context.evidence, key=lambda piece: (piece.hit.rank, piece.index)):
        for mention in piece.hit.mentions_in(piece.index):
            if mention.kind in context.question.expected_types and mention.value:
                first.setdefault(mention.value, (piece, piece.hit.passage.words_of(mention.span)))
    return [
        NamedValue(evidence=first[name.value][0], words=first[name.value][1], articles=name.articles)
        for name in context.finding.names
        if name.value in first
    ]
