"""May the bot answer at all? Why not, and what is missing; and how likely an answer is right."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from bot.answering.case import Case
from bot.answering.evidence import Values
from bot.answering.matching import Needs, Overlap
from bot.answering.models import Feature, Missing, Question, QuestionKind, Reason
from bot.answering.roles import role_asked
from retrieval.models import MentionKind, Record

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
    """What tells a right answer from a wrong one: coverage, missing rare words, the ranker's score and its lead."""
    needs, evidence = case.needs, case.evidence
    if not evidence:
        return {"nothing": 1.0}
    best = evidence[0]
    value_of = {feature.name: feature.value for feature in best.features}
    overlap = Overlap.of(needs, best.tokens)
    around = [Overlap.of(needs, tokens) for tokens in best.hit.tokens]
    whole = frozenset[int]().union(*(piece.reached for piece in around))
    unknown = [number for number, term in enumerate(needs.terms) if not term.known and number not in overlap.reached]
    lead = best.score - evidence[1].score if len(evidence) > 1 else 1.0
    return {
        "bias": 1.0,
        "score": best.score / 10,
        "lead": min(lead, 3.0),
        "reached": needs.share(overlap.reached),
        "passage_reached": needs.share(whole),
        "unknown": needs.share(unknown),
        "heaviest_unmet": needs.heaviest(needs.all - whole),
        "names": value_of.get("cap_st_cov", 0.0),
        "name_gap": float(bool(needs.names)) - value_of.get("cap_st_cov", 0.0),
        "type_ok": value_of.get("type_ok", 0.0),
        "type_miss": value_of.get("type_miss", 0.0),
        "number_gap": float(bool(needs.numbers)) - value_of.get("num_hit", 0.0),
        "opposed": value_of.get("opposed", 0.0),
        "negation": value_of.get("negation", 0.0),
        "terms": min(len(needs.terms), 10) / 10,
    }


def _parts(case: Case) -> tuple[Feature, ...]:
    weight_of = _table("confidence")
    values = signals(case)
    return tuple(Feature(name=name, value=value, weight=weight_of.get(name, 0.0)) for name, value in values.items())
