"""Chooses the sentences that may prove an answer, each scored by named features."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import repeat
from operator import mul

from bot.answering.features import ScoreFeatures
from bot.answering.models import Evidence, Question, QuestionKind
from bot.answering.reader.cue_phrases import cue_of, future_match, opens_with_pronoun, order_match
from bot.answering.reader.offices import people_with_role
from bot.answering.reader.term_matching import (
    QuestionTerms,
    TermOverlap,
    overlaps_in,
    title_overlap,
)
from bot.answering.reader.typed_mentions import typed_mentions
from retrieval.models import Finding, Hit, MentionKind, TextPart, Token

KEPT = 8
"""How many sentences are kept, best first."""
EVERY = 10_000
"""As many as there are, where all there is is asked for."""

Values = dict[str, float]


@cache
def weights() -> Mapping[str, float]:
    """The weight of each feature, from ``weights.toml``; the file says where they come from."""
    table = tomllib.loads(files("bot.answering").joinpath("weights.toml").read_text(encoding="utf-8"))
    return {name: float(weight) for name, weight in table["evidence"].items()}


def rank_sentences(
    question: Question, needs: QuestionTerms, finding: Finding, kept: int = KEPT
) -> tuple[Evidence, ...]:
    """The best body sentences of the hits, best first; ties go to the better passage, then to the earlier sentence."""
    weight_of = weights()
    scored = [
        (_score(values, weight_of), hit, index, values) for hit, index, values in candidates(question, needs, finding)
    ]
    scored.sort(key=lambda row: (-row[0], row[1].rank, row[2]))
    return tuple(
        Evidence(hit=hit, index=index, score=score, features=ScoreFeatures(values, weight_of))
        for score, hit, index, values in scored[:kept]
    )


def every_sentence(finding: Finding) -> tuple[Evidence, ...]:
    """All body sentences of the hits as they come, unscored: for questions without a word to score by."""
    return tuple(
        Evidence(hit=hit, index=index, score=0.0)
        for hit in finding.hits
        for index, sentence in enumerate(hit.passage.sentences)
        if sentence.part is TextPart.BODY and hit.tokens[index]
    )


def _score(values: Values, weight_of: Mapping[str, float]) -> float:
    return math.fsum(map(mul, map(weight_of.get, values, repeat(0.0)), values.values()))


def candidates(question: Question, needs: QuestionTerms, finding: Finding) -> Iterator[tuple[Hit, int, Values]]:
    """Every body sentence of the hits with the values of its features; what ``fit`` learns from."""
    if not finding.hits:
        return
    top = max(hit.score for hit in finding.hits)
    for hit in finding.hits:
        title = title_overlap(needs, hit)
        overlaps = overlaps_in(needs, hit)
        whole = frozenset().union(*(overlap.met for overlap in overlaps))
        for index, sentence in enumerate(hit.passage.sentences):
            if sentence.part is TextPart.BODY and hit.tokens[index]:
                spot = _Spot(question, needs, hit, index, title, overlaps, whole)
                yield hit, index, _values(spot, top)


@dataclass(frozen=True, slots=True)
class _Spot:
    """A sentence in its passage, with what of the question it, its neighbours, the title and the passage meet."""

    question: Question
    needs: QuestionTerms
    hit: Hit
    index: int
    title: TermOverlap
    overlaps: tuple[TermOverlap, ...]
    whole: frozenset[int]

    @property
    def this(self) -> TermOverlap:
        return self.overlaps[self.index]

    @property
    def before(self) -> TermOverlap:
        return self.overlaps[self.index - 1] if self.index else TermOverlap()

    @property
    def after(self) -> TermOverlap:
        return self.overlaps[self.index + 1] if self.index + 1 < len(self.overlaps) else TermOverlap()


def _values(spot: _Spot, top: float) -> Values:
    return {
        **_overlap_values(spot.needs, spot.this, spot.title, spot.whole),
        **_neighbour_values(spot),
        **_order_values(spot.needs, spot.this),
        **_passage_values(spot.hit, spot.index, top),
        **_type_values(spot.question, spot.needs, spot.hit, spot.index),
        **_shape_values(spot.question, spot.needs, spot.hit, spot.index),
    }


def _overlap_values(needs: QuestionTerms, this: TermOverlap, title: TermOverlap, whole: frozenset[int]) -> Values:
    here = needs.share(this.met)
    return {
        "idf_cov": here,
        "idf_abs": needs.total * here / 10,
        "cnt_cov": len(this.met) / max(1, len(needs.terms)),
        "loose_cov": needs.share(this.loose),
        "st_cov": needs.share(this.met | title.met),
        "title_cov": needs.share(title.met),
        "pcov": needs.share(whole),
        "max_hit": needs.heaviest(this.met),
        "cap_cov": needs.share_of(this.met, needs.names),
        "num_hit": needs.share_of(this.met, needs.numbers),
        "opposed": float(this.opposed),
        "negation": float(this.negated != needs.negated),
    }


def _neighbour_values(spot: _Spot) -> Values:
    have, before, after = spot.this.met | spot.title.met, spot.before, spot.after
    return {
        "prev_new": spot.needs.share(before.met - have),
        "next_new": spot.needs.share(after.met - have),
    }


def _order_values(needs: QuestionTerms, this: TermOverlap) -> Values:
    return {
        "skip": this.pairs(4, needs),
        "prox": this.proximity(),
    }


def _passage_values(hit: Hit, index: int, top: float) -> Values:
    return {
        "pscore": hit.score / top if top > 0 else 1.0,
        "prank_rr": 1.0 / hit.rank,
        "prank1": float(hit.rank == 1),
        "first": float(index == 0),
    }


def _type_values(question: Question, needs: QuestionTerms, hit: Hit, index: int) -> Values:
    found = typed_mentions(question, needs, hit, index)
    values: Values = {}
    if question.wanted:
        role = question.office
        best = max((mention.fit for mention in found), default=0.0)
        values["type_ok"] = best
        values["type_miss"] = float(not found)
        values["role"] = float(role is not None and bool(people_with_role(role, hit, index)))
        values[f"ty_{question.wanted[0].value}"] = best
    return values


def _shape_values(question: Question, needs: QuestionTerms, hit: Hit, index: int) -> Values:
    tokens = hit.tokens[index]
    length = len(tokens)
    pronoun = opens_with_pronoun(tokens)
    return {
        "long": float(length > 45),
        "pron": float(pronoun),
        "is_question": float(hit.passage.words_of(hit.passage.sentences[index].span).rstrip("\"'” ").endswith("?")),
        "novel": _novelty(needs, tokens),
        "day": _day_match(needs, hit, index),
        "future": future_match(question, hit, index),
        "order": order_match(question, hit, index),
        f"cue_{question.kind.value}" if question.kind in _CUED else "cue": cue_of(question, hit, index),
    }


def _day_match(needs: QuestionTerms, hit: Hit, index: int) -> float:
    """1 where the sentence names a day of the question, -1 where it only names other days, else 0."""
    if not needs.days:
        return 0.0
    named = {
        mention.value
        for mention in hit.mentions_in(index)
        if mention.kind is MentionKind.DATE and len(mention.value or "") == 10
    }
    if not named:
        return 0.0
    return 1.0 if named & needs.days else -1.0


_CUED = frozenset(
    {QuestionKind.WHY, QuestionKind.HOW, QuestionKind.DEFINITION, QuestionKind.QUOTATION, QuestionKind.WHAT}
)


def _novelty(needs: QuestionTerms, tokens: Sequence[Token]) -> float:
    """Share of the sentence's content that the question does not have: where an answer could stand."""
    content = [token.term for token in tokens if token.content]
    return sum([term not in needs.index for term in content]) / max(1, len(content))
