"""Abstention: how likely an answer is right; why there is none, and what is missing."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence

from pydantic import SkipValidation

from bot.answering.features import ScoreFeature, ScoreFeatures, weight_table
from bot.answering.fusion import reading_values
from bot.answering.lexicon.word_lists import term_list
from bot.answering.models import Missing, Question, QuestionKind, Reason
from bot.answering.reader.context import AnswerContext
from bot.answering.reader.people import quotes_or_reports
from bot.answering.reader.sentence_ranker import Values
from bot.answering.reader.term_matching import (
    QuestionTerms,
    best_share,
    coverage_values,
    overlap_of,
    overlaps_in,
    title_overlap,
)
from retrieval.models import Finding, MentionKind, Record, Token

_SAYS_SHARE = 0.1
_VALUE_SHARE = 0.5
_FAR = 30.0
_RULED_OUT = 0.2
_ABOUT_IT = 0.6
_SHORT_QUESTION = 10
_TOPICAL = 2
_MEASURED = frozenset(
    {QuestionKind.WHEN, QuestionKind.HOW_LONG, QuestionKind.HOW_MANY, QuestionKind.HOW_MUCH, QuestionKind.HOW_OLD}
)
_UNDOING = ("un", "non")
_DAY = len("2022-01-04")
_COUNTED = frozenset({QuestionKind.HOW_OLD, QuestionKind.HOW_MUCH})
_GATHERING = frozenset({QuestionKind.SOURCES, QuestionKind.COUNT, QuestionKind.ON_DATE, QuestionKind.LATEST})


class Judgement(Record):
    """Whether to answer: the probability that the answer is right, its parts, and the reason where there is none.

    ``certain`` is set where both detectors are so sure that no reader is asked."""

    probability: float
    parts: SkipValidation[Sequence[ScoreFeature]] = ()
    reason: Reason | None = None
    missing: tuple[Missing, ...] = ()
    certain: bool = False


def default_threshold(*, read: bool = False) -> float:
    """The probability from which the bot answers, from ``weights.toml``; ``read`` where a reader has its say."""
    return weight_table("claim" if read else "silence")["threshold"]


def default_closest_threshold(*, read: bool = False) -> float:
    """The probability from which unsure evidence is shown as the closest, from ``weights.toml``."""
    return weight_table("claim" if read else "silence")["closest"]


def judge(context: AnswerContext, threshold: float | None = None, closest_threshold: float | None = None) -> Judgement:
    """Judges whether the best evidence answers the question.

    Two detectors speak: ``knows`` tells a question that the corpus is about from one it is not, ``says`` tells a
    sentence that answers from one that has the words but not the fact. ``sure`` makes of their log odds the probability
    that the answer is right (Platt 1999).
    """
    threshold = default_threshold() if threshold is None else threshold
    closest_threshold = default_closest_threshold() if closest_threshold is None else closest_threshold
    values = signals(context)
    knows, says = _log_odds("knows", values), _log_odds("says", values)
    known, sure, parts = _logistic(knows), _sure(knows, says), _parts(values)
    if context.question.kind in _GATHERING and values.get("around", 0.0) >= _ABOUT_IT:
        known = max(known, threshold)
    reason = _reason(context)
    if reason is None and (known < threshold or sure < threshold * _share_wanted(context)):
        reason = Reason.CLOSEST if sure >= closest_threshold else Reason.NOT_SURE
    if reason is None:
        return Judgement(probability=sure, parts=parts, certain=known * sure >= weight_table("claim")["rules"])
    share = 1.0 if reason in {Reason.NOT_SURE, Reason.CLOSEST} else _RULED_OUT
    return Judgement(probability=sure * share, parts=parts, reason=reason, missing=_missing(reason, context))


def judge_reading(
    context: AnswerContext, threshold: float | None = None, closest_threshold: float | None = None
) -> Judgement:
    """Judges by what a reader says of the best sentences and by both detectors; weights and thresholds are fitted.

    ``threshold`` and ``closest_threshold`` bound the probability that the best sentence answers."""
    threshold = default_threshold(read=True) if threshold is None else threshold
    closest_threshold = default_closest_threshold(read=True) if closest_threshold is None else closest_threshold
    found = signals(context)
    knows, says = _log_odds("knows", found), _log_odds("says", found)
    values = {"bias": 1.0, **reading_values((*context.evidence, *context.more)), "knows": knows, "says": says}
    weight_of = {f"claim.{name}": weight for name, weight in weight_table("claim").items() if name in values}
    named = {f"claim.{name}": value for name, value in values.items()}
    probability = _logistic(math.fsum(weight_of.get(name, 0.0) * value for name, value in named.items()))
    parts = ScoreFeatures(named, weight_of)
    if probability >= threshold:
        return Judgement(probability=probability, parts=parts)
    reason = Reason.CLOSEST if probability >= closest_threshold else Reason.NOT_SURE
    return Judgement(probability=probability, parts=parts, reason=reason, missing=_missing(reason, context))


def _share_wanted(context: AnswerContext) -> float:
    """The share of the threshold that the probability must reach where the corpus knows: a value is claimed outright,
    so more is wanted of it. Long questions hold several clauses, of which a quote answers some; a gathering quotes what
    is about its words, whatever it says."""
    if len(context.terms.distinct) > _SHORT_QUESTION or context.question.kind in _GATHERING:
        return 0.0
    return _VALUE_SHARE if context.question.kind in _MEASURED else _SAYS_SHARE


def _log_odds(detector: str, values: Values) -> float:
    weight_of = weight_table(detector)
    return math.fsum(weight_of.get(name, 0.0) * value for name, value in values.items())


def _parts(values: Values) -> ScoreFeatures:
    """Both detectors' signals with their weights, for whoever asks how a probability came about."""
    detectors = ("knows", "says")
    named = {f"{detector}.{name}": value for detector in detectors for name, value in values.items()}
    table = {detector: weight_table(detector) for detector in detectors}
    weight_of = {f"{detector}.{name}": weight for detector in detectors for name, weight in table[detector].items()}
    return ScoreFeatures(named, weight_of)


def _sure(knows: float, says: float) -> float:
    """The probability that the answer is right, from the log odds of both detectors (Platt 1999)."""
    weight_of = weight_table("sure")
    return _logistic(weight_of["bias"] + weight_of["knows"] * knows + weight_of["says"] * says)


def _logistic(odds: float) -> float:
    return 1.0 / (1.0 + math.exp(-max(min(odds, _FAR), -_FAR)))


def _reason(context: AnswerContext) -> Reason | None:
    """A reason that does not depend on the probability: an unknown name, nothing found, no office holder, no value."""
    if unknown_names(context.question, context.terms):
        return Reason.UNKNOWN_NAME
    if not context.evidence:
        return Reason.NOTHING_FOUND
    if lacks_office_holder(context):
        return Reason.RELATION_NOT_STATED
    if context.question.kind in _COUNTED and not any(candidate.score > 0.0 for candidate in context.candidates):
        return Reason.VALUE_NOT_GIVEN
    speaker = context.speaker
    if speaker is not None and not quotes_or_reports(speaker, context.evidence[0].hit, context.evidence[0].index):
        return Reason.NO_WORDS
    otherwise = contradicts(context) or (context.question.kind in _MEASURED and lacks_a_name(context))
    return Reason.SAID_OTHERWISE if otherwise else None


def lacks_office_holder(context: AnswerContext) -> bool:
    """Whether the question asks who holds an office and no sentence gives the office to anybody.

    Where texts describe the office in many ways, it is enough that the best sentence mentions it."""
    role = context.question.office
    if role is None or context.candidates:
        return False
    spoken_of = {token.term for token in context.evidence[0].tokens}
    return not (role.loose and spoken_of.issuperset(role.office))


def contradicts(context: AnswerContext) -> bool:
    """Whether the best sentence says the contrary: the question denies and it does not, or it has an antonym instead.

    Only short questions are judged so; long ones hold several clauses, of which one may be denied."""
    if len(context.terms.distinct) > _SHORT_QUESTION:
        return False
    overlap = overlap_of(context.terms, context.evidence[0])
    return overlap.opposed or (
        context.terms.negated and not overlap.negated and not has_denial(context.evidence[0].tokens)
    )


def has_denial(tokens: Iterable[Token]) -> bool:
    """Whether words deny without a "not": refused, banned, unable, only, non-smokers."""
    return any(
        token.term in term_list("denying") or token.word.startswith(_UNDOING) for token in tokens if token.content
    )


def lacks_a_name(context: AnswerContext) -> bool:
    """Whether a name of the question is neither in the best sentence nor near it.

    The sentences next to it, the title and the names that the passage repeats are near.
    """
    terms, best = context.terms, context.evidence[0]
    if len(terms.distinct) > _SHORT_QUESTION:
        return False
    overlaps = overlaps_in(terms, best.hit)
    beside = overlaps[max(0, best.index - 1) : best.index + 2]
    near = title_overlap(terms, best.hit).matched.union(*(overlap.matched for overlap in beside))
    told = Counter(token.term for tokens in best.hit.tokens for token in tokens)
    return any(number not in near and told[terms.distinct[number].term] < _TOPICAL for number in terms.names)


def unknown_names(question: Question, terms: QuestionTerms) -> tuple[Missing, ...]:
    """The question's names that no article has, as the question writes them."""
    gone = {terms.distinct[number].word for number in terms.names if not terms.distinct[number].known}
    words = (question.text[token.start : token.end] for token in question.terms if token.word in gone)
    return tuple(Missing(words=word) for word in dict.fromkeys(words))


def _missing(reason: Reason, context: AnswerContext) -> tuple[Missing, ...]:
    if reason is Reason.UNKNOWN_NAME:
        return unknown_names(context.question, context.terms)
    if reason is Reason.VALUE_NOT_GIVEN:
        value = context.question.expected_types[0] if context.question.expected_types else MentionKind.NUMBER
        return (Missing(words=context.question.head or "", value=value),)
    if reason is Reason.RELATION_NOT_STATED and (role := context.question.office) is not None:
        return (Missing(words=role.words),)
    if reason is Reason.NO_WORDS and (speaker := context.speaker):
        return (Missing(words=speaker.name, articles=_articles_with(speaker.term, context.finding)),)
    return _unmet_words(context)


def _articles_with(term: str, finding: Finding) -> int:
    return next((count.articles for count in finding.counts if count.term == term), 0)


def _unmet_words(context: AnswerContext) -> tuple[Missing, ...]:
    """The question's words that the best sentence lacks, rarest first, with how many articles hold each."""
    terms, question = context.terms, context.question
    reached = overlap_of(terms, context.evidence[0]).matched if context.evidence else frozenset[int]()
    articles = {count.term: count.articles for count in context.finding.counts}
    surface = {token.word: question.text[token.start : token.end] for token in question.terms}
    unmet = sorted(terms.all - reached, key=lambda number: -terms.distinct[number].weight)
    return tuple(
        Missing(words=surface.get(term.word, term.word), articles=articles.get(term.term, 0))
        for term in (terms.distinct[number] for number in unmet)
    )


def signals(context: AnswerContext) -> Values:
    """The features of the confidence: coverage, missing rare words and names, type, lead of the best sentence."""
    if not context.evidence:
        return {"nothing": 1.0}
    unit = _greatest_idf(context.finding)
    covered = coverage_values(context.terms, context.finding.hits, context.evidence[0], unit)
    return {"bias": 1.0, **covered, **_of_ranking(context), **_of_sentence(context)}


def _greatest_idf(finding: Finding) -> float:
    """The idf of a word that stands in one passage: by BM25+'s formula log((N + 1) / n), that of a word times its n."""
    return next((count.idf + math.log(count.passages) for count in finding.counts if count.passages), 0.0) or 1.0


def _of_ranking(context: AnswerContext) -> Values:
    """How the best passages are ranked among the hits."""
    hits = context.finding.hits
    top = max(hits[0].score, 1e-9)
    return {
        "peak": 1.0 - hits[-1].score / top,
        "second": hits[1].score / top if len(hits) > 1 else 0.0,
        "same_article": sum(hit.header.id == context.evidence[0].hit.header.id for hit in hits) / len(hits),
    }


def _of_sentence(context: AnswerContext) -> Values:
    best = context.evidence[0]
    value_of = best.features.values
    names = ("skip", "prox", "type_ok", "type_miss", "opposed", "negation")
    return {
        "score": best.score / 10,
        "outlets": min(len(context.question.outlets), 3) / 3,
        "best_three": best_share(context.terms, context.evidence[:3]),
        "lead": min(best.score - context.evidence[1].score, 3.0) if len(context.evidence) > 1 else 1.0,
        **{name: value_of.get(name, 0.0) for name in names},
    }
