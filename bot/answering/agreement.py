"""Which other articles say the same, and which give another value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.answering.case import Case
from bot.answering.extraction import extract, sure_candidate
from bot.answering.matching import Needs, overlap_of
from bot.answering.models import Candidate, Evidence
from retrieval.models import MentionKind, Record

_COMPARABLE = frozenset(
    {
        MentionKind.DATE,
        MentionKind.NUMBER,
        MentionKind.MONEY,
        MentionKind.PERCENT,
        MentionKind.DURATION,
        MentionKind.PERSON,
    }
)
_AS_GOOD = 0.8
_NEAR = 3.0
_LEAST = 0.5


class Voice(Record):
    """What another article contributes: its evidence, its own value where it has one, and whether that is the same."""

    evidence: Evidence
    candidate: Candidate | None = None
    agrees: bool = True


def voices(case: Case, best: Evidence, short: Candidate | None) -> tuple[Voice, ...]:
    """The other articles whose evidence is as good as the best: one voice each, in order of their evidence."""
    heard = {best.hit.passage.article_id}
    found: list[Voice] = []
    for piece in case.evidence:
        if piece.hit.passage.article_id in heard or not _as_good(case.needs, best, piece):
            continue
        if (voice := _voice(short, piece, case.candidates)) is not None:
            heard.add(piece.hit.passage.article_id)
            found.append(voice)
    return tuple(found)


def _as_good(needs: Needs, best: Evidence, other: Evidence) -> bool:
    """Whether a sentence meets the question's own words as well as the best one does, and all the names it meets."""
    mine, theirs = overlap_of(needs, best).met, overlap_of(needs, other).met
    enough = needs.share(mine) >= _LEAST and needs.share(theirs) >= max(_AS_GOOD * needs.share(mine), _LEAST)
    return enough and mine & needs.names <= theirs and other.score >= best.score - _NEAR


def _voice(short: Candidate | None, piece: Evidence, candidates: Sequence[Candidate]) -> Voice | None:
    """A voice must bear on the asked-for value, where there is one."""
    if short is None or short.kind not in _COMPARABLE:
        return Voice(evidence=piece) if short is None else None
    own = next(
        (candidate for candidate in candidates if candidate.evidence is piece and candidate.kind is short.kind), None
    )
    return None if own is None else Voice(evidence=piece, candidate=own, agrees=value_of(own) == value_of(short))


def value_of(candidate: Candidate) -> str:
    """The value by which two candidates are compared: the mention's own, else the words."""
    mention = next((m for m in candidate.evidence.hit.passage.mentions if m.span == candidate.span), None)
    return (mention.value if mention else None) or candidate.text.casefold()


def own_value(case: Case, piece: Evidence) -> Candidate | None:
    """The value asked for that a sentence gives by itself; None where it gives none, or several."""
    candidates = extract(case.question, case.needs, (piece,))
    values = {value_of(candidate) for candidate in candidates if candidate.kind is candidates[0].kind}
    return sure_candidate(replace(case, candidates=candidates), piece) if len(values) == 1 else None
