"""May the bot answer at all? Why not, and what is missing; and how likely an answer is right."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from bot.answering.case import Case
from bot.answering.evidence import Values, title_overlap
from bot.answering.matching import Needs, Overlap
from bot.answering.models import Feature, Missing, Question, QuestionKind, Reason
from bot.answering.roles import role_asked
from retrieval.models import Hit, MentionKind, Record

_VALUE_KINDS = frozenset(
    {QuestionKind.WHEN, QuestionKind.HOW_LONG, QuestionKind.HOW_OLD, QuestionKind.HOW_MANY, QuestionKind.HOW_MUCH}
)


class Judgement(Record):
    """Whether to answer: the probability that the answer is right, its parts, and the reason where there is none."""

    probability: float
    parts: tuple[Feature, ...] = ()
    reason: Reason | None = None
    missing: tuple[Missing, ...] = ()


@cache
def _table(name: str) -> Mapping[str, float]:
    table = tomllib.loads(files("bot.answering").joinpath("weights.toml").read_text(encoding="utf-8"))
    return {key: float(value) for key, value in table[name].items()}


def default_threshold() -> float:
    """The probability under which the bot stays silent, from ``weights.toml``."""
    return _table("silence")["threshold"]


def judge(case: Case, threshold: float) -> Judgement:
    """Judges whether the best evidence answers the question."""
    parts = _parts(case)
    probability = 1.0 / (1.0 + math.exp(-sum(part.share for part in parts)))
    reason = _reason(case)
    if reason is None and probability < threshold:
        reason = Reason.NOT_SURE
    if reason is None:
        return Judgement(probability=probability, parts=parts)
    return Judgement(
        probability=min(probability, 0.5 * threshold) if reason is not Reason.NOT_SURE else probability,
        parts=parts,
        reason=reason,
        missing=_missing(reason, case),
    )


def _reason(case: Case) -> Reason | None:
    """A reason that stands whatever the probability: an unknown name, nothing found, an office or a value not given."""
    if unknown_names(case.question, case.needs):
        return Reason.UNKNOWN_NAME
    if not case.evidence:
        return Reason.NOTHING_FOUND
    if role_asked(case.question) is not None and not case.candidates:
        return Reason.RELATION_NOT_STATED
    if case.question.kind in _VALUE_KINDS and not any(candidate.score > 0.0 for candidate in case.candidates):
        return Reason.VALUE_NOT_GIVEN
    return None


def unknown_names(question: Question, needs: Needs) -> tuple[Missing, ...]:
    """The question's names that no article holds, as the question writes them."""
    gone = {needs.terms[number].word for number in needs.names if not needs.terms[number].known}
    words = (question.text[token.start : token.end] for token in question.terms if token.word in gone)
    return tuple(Missing(words=word) for word in dict.fromkeys(words))


def _missing(reason: Reason, case: Case) -> tuple[Missing, ...]:
    if reason is Reason.UNKNOWN_NAME:
        return unknown_names(case.question, case.needs)
    if reason is Reason.VALUE_NOT_GIVEN:
        value = case.question.wanted[0] if case.question.wanted else MentionKind.NUMBER
        return (Missing(words=case.question.head or "", value=value),)
    return _unmet_words(case)


def _unmet_words(case: Case) -> tuple[Missing, ...]:
    """The question's words that the best sentence lacks, rarest first, with how many articles hold each."""
    needs, question = case.needs, case.question
    reached = Overlap.of(needs, case.evidence[0].tokens).reached if case.evidence else frozenset[int]()
    articles = {count.term: count.articles for count in case.finding.counts}
    surface = {token.word: question.text[token.start : token.end] for token in question.terms}
    unmet = sorted(needs.all - reached, key=lambda number: -needs.terms[number].weight)
    return tuple(
        Missing(words=surface.get(term.word, term.word), articles=articles.get(term.term, 0))
        for term in (needs.terms[number] for number in unmet)
    )


def signals(case: Case) -> Values:
    """What tells an answer from a guess: coverage, missing rare words and names, the type, the lead over the next best."""
    needs, evidence = case.needs, case.evidence
    if not evidence:
        return {"nothing": 1.0}
    best = evidence[0]
    value_of = {feature.name: feature.value for feature in best.features}
    overlap = Overlap.of(needs, best.tokens)
    title = title_overlap(needs, best.hit)
    passages = [_reached_in(needs, hit) for hit in case.finding.hits]
    around = _reached_in(needs, best.hit) | title.reached
    anywhere = frozenset[int]().union(*passages)
    unknown = frozenset(number for number, term in enumerate(needs.terms) if not term.known)
    return {
        "bias": 1.0,
        "score": best.score / 10,
        "lead": min(best.score - evidence[1].score, 3.0) if len(evidence) > 1 else 1.0,
        "reached": needs.share(overlap.reached),
        "met": needs.share(overlap.met),
        "titled": needs.share(overlap.reached | title.reached),
        "around": needs.share(around),
        "anywhere": needs.share(anywhere),
        "best_passage": max(needs.share(reached) for reached in passages),
        "unknown": needs.share(unknown - overlap.reached),
        "rarest_gap": needs.heaviest(needs.all - around),
        "rarest_gap_anywhere": needs.heaviest(needs.all - anywhere),
        "names": needs.share_of(overlap.met | title.met, needs.names),
        "names_gap": _gap(needs, needs.names, around),
        "names_gap_anywhere": _gap(needs, needs.names, anywhere),
        "numbers_gap": _gap(needs, needs.numbers, around),
        "bigram": value_of.get("bigram", 0.0),
        "skip": value_of.get("skip", 0.0),
        "prox": value_of.get("prox", 0.0),
        "type_ok": value_of.get("type_ok", 0.0),
        "type_miss": value_of.get("type_miss", 0.0),
        "ty_near": value_of.get("ty_near", 0.0),
        "opposed": value_of.get("opposed", 0.0),
        "negation": value_of.get("negation", 0.0),
        "terms": min(len(needs.terms), 20) / 20,
        "few_terms": float(len(needs.terms) <= 2),
    }


def _gap(needs: Needs, wanted: frozenset[int], reached: frozenset[int]) -> float:
    """The share of some of the question's terms that is not reached; 0 where it has none of them."""
    return 1.0 - needs.share_of(reached, wanted) if wanted else 0.0


def _reached_in(needs: Needs, hit: Hit) -> frozenset[int]:
    return frozenset[int]().union(*(Overlap.of(needs, tokens).reached for tokens in hit.tokens))


def _parts(case: Case) -> tuple[Feature, ...]:
    weight_of = _table("confidence")
    values = signals(case)
    return tuple(Feature(name=name, value=value, weight=weight_of.get(name, 0.0)) for name, value in values.items())
