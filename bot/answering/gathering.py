"""Evidence for questions that want all there is: every outlet that reported, everything on a day."""

from __future__ import annotations

from bot.answering.case import Case
from bot.answering.matching import Needs, Overlap, mentions_in, overlap_of, tokens_of_title
from bot.answering.models import Evidence
from retrieval.models import MentionKind

_SHARE_OF_BEST = 0.75
_MOST_DATED = 5


def source_evidence(case: Case) -> list[Evidence]:
    """The best sentence of each article that meets the question nearly as well as the best one."""
    best: dict[str, Evidence] = {}
    for piece in case.evidence:
        best.setdefault(piece.hit.passage.article_id, piece)
    reach = {article: _reach(case.needs, piece) for article, piece in best.items()}
    bar = _SHARE_OF_BEST * max(reach.values(), default=0.0)
    return [piece for article, piece in best.items() if reach[article] >= bar]


def _reach(needs: Needs, piece: Evidence) -> float:
    title = Overlap.of(needs, tokens_of_title(piece.hit.header.title or ""))
    return needs.share(overlap_of(needs, piece).reached | title.reached)


def on_days(case: Case) -> list[Evidence]:
    """The sentences that name a day of the question, earliest day first."""
    days = {day.isoformat() for day in case.question.days}
    dated = [(min(found), piece) for piece in case.evidence if (found := _days_in(piece) & days)]
    return [piece for _, piece in sorted(dated, key=lambda pair: pair[0])][:_MOST_DATED]


def _days_in(piece: Evidence) -> set[str]:
    return {
        mention.value
        for mention in mentions_in(piece.hit, piece.index)
        if mention.kind is MentionKind.DATE and mention.value
    }
