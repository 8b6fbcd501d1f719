"""May the bot answer at all? Why not, and what is missing; and how likely an answer is right."""

from __future__ import annotations

import math
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from itertools import accumulate

from pydantic import SkipValidation

from bot.answering.features import ScoreFeature
from bot.answering.lexicon.word_lists import term_list
from bot.answering.models import Missing, Question, QuestionKind, Reason
from bot.answering.reader.context import AnswerContext
from bot.answering.reader.sentence_ranker import Values
from bot.answering.reader.speakers import gives_words_of
from bot.answering.reader.term_matching import (
    QuestionTerms,
    TermOverlap,
    overlap_of,
    overlaps_in,
    title_overlap,
)
from retrieval.models import Finding, Hit, MentionKind, Record, Token

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
    """Whether to answer: the probability that the answer is right, its parts, and the reason where there is none."""

    probability: float
    parts: SkipValidation[tuple[ScoreFeature, ...]] = ()
    reason: Reason | None = None
    missing: tuple[Missing, ...] = ()


@cache
def _table(name: str) -> Mapping[str, float]:
    table = tomllib.loads(files("bot.answering").joinpath("weights.toml").read_text(encoding="utf-8"))
    return {key: float(value) for key, value in table[name].items()}


def default_threshold() -> float:
    """The probability under which the bot stays silent, from ``weights.toml``."""
    return _table("silence")["threshold"]


def judge(case: AnswerContext, threshold: float) -> Judgement:
    """Judges whether the best evidence answers the question.

    Two detectors speak: ``knows`` tells a question that the corpus is about from one it is not, ``says`` tells a
    sentence that answers from one that has the words but not the fact. ``sure`` makes of their log odds the probability
    that the answer is right (Platt 1999).
    """
    values = signals(case)
    knows, says = _parts("knows", values), _parts("says", values)
    known, sure = _probability(knows), _sure(knows, says)
    if case.question.kind in _GATHERING and values.get("around", 0.0) >= _ABOUT_IT:
        known = max(known, threshold)
    reason = _reason(case)
    if reason is None and (known < threshold or sure < threshold * _share_wanted(case)):
        reason = Reason.NOT_SURE
    if reason is None:
        return Judgement(probability=sure, parts=(*knows, *says))
    certain = 1.0 if reason is Reason.NOT_SURE else _RULED_OUT
    return Judgement(probability=sure * certain, parts=(*knows, *says), reason=reason, missing=_missing(reason, case))


def _share_wanted(case: AnswerContext) -> float:
    """The share of the threshold that the probability must reach where the corpus knows: a value is claimed outright,
    so more is wanted of it. Long questions hold several clauses, of which a quote answers some; a gathering quotes what
    is about its words, whatever it says."""
    if len(case.needs.terms) > _SHORT_QUESTION or case.question.kind in _GATHERING:
        return 0.0
    return _VALUE_SHARE if case.question.kind in _MEASURED else _SAYS_SHARE


def _parts(detector: str, values: Values) -> tuple[ScoreFeature, ...]:
    weight_of = _table(detector)
    return tuple(ScoreFeature(f"{detector}.{name}", value, weight_of.get(name, 0.0)) for name, value in values.items())


def _probability(parts: tuple[ScoreFeature, ...]) -> float:
    return _logistic(sum(part.share for part in parts))


def _sure(knows: tuple[ScoreFeature, ...], says: tuple[ScoreFeature, ...]) -> float:
    weight_of = _table("sure")
    odds = {name: sum(part.share for part in parts) for name, parts in (("knows", knows), ("says", says))}
    return _logistic(weight_of["bias"] + sum(weight_of.get(name, 0.0) * value for name, value in odds.items()))


def _logistic(odds: float) -> float:
    return 1.0 / (1.0 + math.exp(-max(min(odds, _FAR), -_FAR)))


def _reason(case: AnswerContext) -> Reason | None:
    """A reason that stands whatever the probability: an unknown name, nothing found, an office or a value not given."""
    if unknown_names(case.question, case.needs):
        return Reason.UNKNOWN_NAME
    if not case.evidence:
        return Reason.NOTHING_FOUND
    if without_holder(case):
        return Reason.RELATION_NOT_STATED
    if case.question.kind in _COUNTED and not any(candidate.score > 0.0 for candidate in case.candidates):
        return Reason.VALUE_NOT_GIVEN
    speaker = case.speaker
    if speaker is not None and not gives_words_of(speaker, case.evidence[0].hit, case.evidence[0].index):
        return Reason.NO_WORDS
    otherwise = turned_round(case) or (case.question.kind in _MEASURED and names_apart(case))
    return Reason.SAID_OTHERWISE if otherwise else None


def without_holder(case: AnswerContext) -> bool:
    """Whether the question asks who holds an office and no sentence gives the office to anybody.

    Where the office is one that texts tell in many ways, it is enough that the best sentence speaks of it."""
    role = case.question.office
    if role is None or case.candidates:
        return False
    spoken_of = {token.term for token in case.evidence[0].tokens}
    return not (role.loose and spoken_of.issuperset(role.office))


def turned_round(case: AnswerContext) -> bool:
    """Whether the best sentence says the contrary: the question denies and it does not, or it has an antonym instead.

    Only short questions are judged so; long ones hold several clauses, of which one may be denied."""
    if len(case.needs.terms) > _SHORT_QUESTION:
        return False
    overlap = overlap_of(case.needs, case.evidence[0])
    return overlap.opposed or (case.needs.negated and not overlap.negated and not denies(case.evidence[0].tokens))


def denies(tokens: Iterable[Token]) -> bool:
    """Whether words deny without a "not": refused, banned, unable, only, non-smokers."""
    return any(
        token.term in term_list("denying") or token.word.startswith(_UNDOING) for token in tokens if token.content
    )


def names_apart(case: AnswerContext) -> bool:
    """Whether the question names somebody or some place that stands away from the best sentence.

    A name in a sentence beside it or over it is near enough, and so is one that the passage keeps coming back to."""
    needs, best = case.needs, case.evidence[0]
    if len(needs.terms) > _SHORT_QUESTION:
        return False
    overlaps = overlaps_in(needs, best.hit)
    beside = overlaps[max(0, best.index - 1) : best.index + 2]
    near = title_overlap(needs, best.hit).reached.union(*(overlap.reached for overlap in beside))
    told = Counter(token.term for tokens in best.hit.tokens for token in tokens)
    return any(number not in near and told[needs.terms[number].term] < _TOPICAL for number in needs.names)


def unknown_names(question: Question, needs: QuestionTerms) -> tuple[Missing, ...]:
    """The question's names that no article holds, as the question writes them."""
    gone = {needs.terms[number].word for number in needs.names if not needs.terms[number].known}
    words = (question.text[token.start : token.end] for token in question.terms if token.word in gone)
    return tuple(Missing(words=word) for word in dict.fromkeys(words))


def _missing(reason: Reason, case: AnswerContext) -> tuple[Missing, ...]:
    if reason is Reason.UNKNOWN_NAME:
        return unknown_names(case.question, case.needs)
    if reason is Reason.VALUE_NOT_GIVEN:
        value = case.question.wanted[0] if case.question.wanted else MentionKind.NUMBER
        return (Missing(words=case.question.head or "", value=value),)
    if reason is Reason.RELATION_NOT_STATED and (role := case.question.office) is not None:
        return (Missing(words=role.words),)
    if reason is Reason.NO_WORDS and (speaker := case.speaker):
        return (Missing(words=speaker.name, articles=_articles_with(speaker.term, case.finding)),)
    return _unmet_words(case)


def _articles_with(term: str, finding: Finding) -> int:
    return next((count.articles for count in finding.counts if count.term == term), 0)


def _unmet_words(case: AnswerContext) -> tuple[Missing, ...]:
    """The question's words that the best sentence lacks, rarest first, with how many articles hold each."""
    needs, question = case.needs, case.question
    reached = overlap_of(needs, case.evidence[0]).reached if case.evidence else frozenset[int]()
    articles = {count.term: count.articles for count in case.finding.counts}
    surface = {token.word: question.text[token.start : token.end] for token in question.terms}
    unmet = sorted(needs.all - reached, key=lambda number: -needs.terms[number].weight)
    return tuple(
        Missing(words=surface.get(term.word, term.word), articles=articles.get(term.term, 0))
        for term in (needs.terms[number] for number in unmet)
    )


def signals(case: AnswerContext) -> Values:
    """What tells an answer from a guess: coverage, missing rare words and names, the type, how alone the best stands.

    Masses are sums of idf in units of the corpus's greatest idf, so that they mean the same in small and large corpora.
    """
    if not case.evidence:
        return {"nothing": 1.0}
    needs, best = case.needs, case.evidence[0]
    overlap, title = overlap_of(needs, best), title_overlap(needs, best.hit)
    around = _reached_in(needs, best.hit) | title.reached
    anywhere = frozenset[int]().union(*(_reached_in(needs, hit) for hit in case.finding.hits))
    return {
        "bias": 1.0,
        **_coverage(needs, overlap, title, around, anywhere),
        **_masses(needs, _greatest_idf(case.finding), overlap.reached, around),
        **_standing(case),
        **_of_sentence(case),
    }


def _coverage(
    needs: QuestionTerms, overlap: TermOverlap, title: TermOverlap, around: frozenset[int], anywhere: frozenset[int]
) -> Values:
    unknown = frozenset(number for number, term in enumerate(needs.terms) if not term.known)
    return {
        "reached": needs.share(overlap.reached),
        "met": needs.share(overlap.met),
        "titled": needs.share(overlap.reached | title.reached),
        "around": needs.share(around),
        "anywhere": needs.share(anywhere),
        "unknown": needs.share(unknown - overlap.reached),
        "rarest_gap": needs.heaviest(needs.all - around),
        "names_gap": _gap(needs, needs.names, around),
        "names_gap_anywhere": _gap(needs, needs.names, anywhere),
        "numbers_gap": _gap(needs, needs.numbers, around),
        "terms": min(len(needs.terms), 20) / 20,
    }


def _masses(needs: QuestionTerms, unit: float, reached: frozenset[int], around: frozenset[int]) -> Values:
    mass = needs.total / unit
    return {
        "reached_mass": math.log1p(mass * needs.share(reached)),
        "around_mass": math.log1p(mass * needs.share(around)),
        "missing_mass": math.log1p(mass * (1.0 - needs.share(around))),
        "gap_mass": math.log1p(mass * (1.0 - needs.share(reached))),
    }


def _best_three(case: AnswerContext) -> frozenset[int]:
    return frozenset[int]().union(*(overlap_of(case.needs, piece).reached for piece in case.evidence[:3]))


def _greatest_idf(finding: Finding) -> float:
    """The idf of a word that stands in one passage: by BM25+'s formula log((N + 1) / n), that of a word times its n."""
    return next((count.idf + math.log(count.passages) for count in finding.counts if count.passages), 0.0) or 1.0


def _standing(case: AnswerContext) -> Values:
    """How the best passages stand among the hits."""
    hits, needs = case.finding.hits, case.needs
    top = max(hits[0].score, 1e-9)
    return {
        "top_share": hits[0].score / (4.0 * needs.total) if needs.total else 0.0,
        "peak": 1.0 - hits[-1].score / top,
        "second": hits[1].score / top if len(hits) > 1 else 0.0,
        "same_article": sum(hit.header.id == case.evidence[0].hit.header.id for hit in hits) / len(hits),
        "pairs_passage": max(_together(needs, hit) for hit in hits[:3]),
    }


def _together(needs: QuestionTerms, hit: Hit) -> float:
    """The share of the question's neighbouring terms that stand together in a passage, over the ends of sentences."""
    begins = accumulate((len(tokens) for tokens in hit.tokens), initial=0)
    places = [
        (begin + at, n) for begin, seen in zip(begins, overlaps_in(needs, hit), strict=False) for at, n in seen.places
    ]
    return TermOverlap(places=tuple(places)).pairs(3, needs)


def _of_sentence(case: AnswerContext) -> Values:
    best = case.evidence[0]
    value_of = {feature.name: feature.value for feature in best.features}
    names = ("skip", "prox", "type_ok", "type_miss", "opposed", "negation")
    return {
        "score": best.score / 10,
        "outlets": min(len(case.question.outlets), 3) / 3,
        "best_three": case.needs.share(_best_three(case)),
        "lead": min(best.score - case.evidence[1].score, 3.0) if len(case.evidence) > 1 else 1.0,
        **{name: value_of.get(name, 0.0) for name in names},
    }


def _gap(needs: QuestionTerms, wanted: frozenset[int], reached: frozenset[int]) -> float:
    """The share of some of the question's terms that is not reached; 0 where it has none of them."""
    return 1.0 - needs.share_of(reached, wanted) if wanted else 0.0


def _reached_in(needs: QuestionTerms, hit: Hit) -> frozenset[int]:
    return frozenset[int]().union(*(overlap.reached for overlap in overlaps_in(needs, hit)))
