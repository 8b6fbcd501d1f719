"""Answer sentence selection: every sentence of the hits is scored by named features with fitted weights."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from itertools import repeat
from operator import mul

from bot.answering.features import ScoreFeatures, weight_table
from bot.answering.models import Evidence, Question
from bot.answering.reader.cue_phrases import cue_values
from bot.answering.reader.people import office_holders
from bot.answering.reader.term_matching import QuestionTerms, overlap_values, overlaps_in, title_overlap
from bot.answering.reader.typed_mentions import typed_mentions
from retrieval.models import Finding, Hit, MentionKind, TextPart

MOST_SENTENCES = 8
"""How many sentences are kept, best first; chosen by hand."""
NO_LIMIT = 10_000
"""More sentences than the passages of one question have."""
_LONG = 45
"""In tokens: longer sentences have words of many questions; chosen by hand, the weight of it is fitted."""

Values = dict[str, float]


def weights() -> Mapping[str, float]:
    """The weight of each feature, from ``weights.toml``, which says how they were fitted."""
    return weight_table("evidence")


def rank_sentences(
    question: Question, terms: QuestionTerms, finding: Finding, kept: int = MOST_SENTENCES
) -> tuple[Evidence, ...]:
    """The best body sentences of the hits, best first; ties go to the better passage, then to the earlier sentence."""
    weight_of = weights()
    scored = [
        (_score(values, weight_of), hit, index, values)
        for hit, index, values in sentence_features(question, terms, finding)
    ]
    scored.sort(key=lambda row: (-row[0], row[1].rank, row[2]))
    return tuple(
        Evidence(hit=hit, index=index, score=score, features=ScoreFeatures(values, weight_of))
        for score, hit, index, values in scored[:kept]
    )


def every_sentence(finding: Finding) -> tuple[Evidence, ...]:
    """All body sentences of the hits in their order, without scores: for questions without terms."""
    return tuple(
        Evidence(hit=hit, index=index, score=0.0)
        for hit in finding.hits
        for index, sentence in enumerate(hit.passage.sentences)
        if sentence.part is TextPart.BODY and hit.tokens[index]
    )


def _score(values: Values, weight_of: Mapping[str, float]) -> float:
    return math.fsum(map(mul, map(weight_of.get, values, repeat(0.0)), values.values()))


def sentence_features(question: Question, terms: QuestionTerms, finding: Finding) -> Iterator[tuple[Hit, int, Values]]:
    """Every body sentence of the hits with the values of its features; ``dateline fit`` learns from these."""
    if not finding.hits:
        return
    top = max(hit.score for hit in finding.hits)
    for hit in finding.hits:
        title = title_overlap(terms, hit)
        overlaps = overlaps_in(terms, hit)
        whole = frozenset().union(*(overlap.exact for overlap in overlaps))
        for index, sentence in enumerate(hit.passage.sentences):
            if sentence.part is TextPart.BODY and hit.tokens[index]:
                values = overlap_values(terms, overlaps, index, title, whole)
                values |= _passage_values(hit, index, top)
                values |= _type_values(question, terms, hit, index)
                values |= _shape_values(question, terms, hit, index)
                yield hit, index, values


def _passage_values(hit: Hit, index: int, top: float) -> Values:
    return {
        "pscore": hit.score / top if top > 0 else 1.0,
        "prank_rr": 1.0 / hit.rank,
        "prank1": float(hit.rank == 1),
        "first": float(index == 0),
    }


def _type_values(question: Question, terms: QuestionTerms, hit: Hit, index: int) -> Values:
    found = typed_mentions(question, terms, hit, index)
    values: Values = {}
    if question.expected_types:
        role = question.office
        best = max((mention.fit for mention in found), default=0.0)
        values["type_ok"] = best
        values["type_miss"] = float(not found)
        values["role"] = float(role is not None and bool(office_holders(role, hit, index)))
        values[f"ty_{question.expected_types[0].value}"] = best
    return values


def _shape_values(question: Question, terms: QuestionTerms, hit: Hit, index: int) -> Values:
    return {
        "long": float(len(hit.tokens[index]) > _LONG),
        "is_question": float(hit.passage.sentence_texts[index].rstrip("\"'” ").endswith("?")),
        "novel": terms.novelty(hit.tokens[index]),
        "day": _day_match(terms, hit, index),
        **cue_values(question, hit, index),
    }


def _day_match(terms: QuestionTerms, hit: Hit, index: int) -> float:
    """1 where the sentence names a day of the question, -1 where it only names other days, else 0."""
    if not terms.days:
        return 0.0
    named = {
        mention.value
        for mention in hit.mentions_in(index)
        if mention.kind is MentionKind.DATE and len(mention.value or "") == 10
    }
    if not named:
        return 0.0
    return 1.0 if named & terms.days else -1.0
