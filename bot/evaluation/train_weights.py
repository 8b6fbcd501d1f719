"""Fits the weights by which evidence is chosen and silence is kept; needs scikit-learn, the ``fit`` extra.

Evidence: a conditional logit. Each question's candidate sentences compete in a soft-max, and the likelihood that one of
those that hold an accepted answer wins is maximised (McFadden 1974). Silence: two logistic regressions, ``knows`` and
``says``, over the signals of ``confidence.abstention``, and ``sure``, a third over their log odds, which makes the
probability that the answer given is right (Platt 1999).

What a corpus does not know is learnt best from its own questions put to a part of it that lacks their articles: they
are of the same style as those that it does know, so that nothing but the want of an article tells them apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from pydantic import Field

from bot.answering.confidence.abstention import signals, unknown_names
from bot.answering.models import Analyse, Finder, Profile, Question
from bot.answering.pipeline import PASSAGES
from bot.answering.question.parser import parse_question
from bot.answering.reader.answer_extractor import extract_answers
from bot.answering.reader.context import AnswerContext
from bot.answering.reader.question_terms import question_terms
from bot.answering.reader.sentence_ranker import candidates, rank_sentences
from bot.evaluation.metrics import fold
from bot.evaluation.models import EvaluationQuestion
from retrieval.models import Finding, Hit, Record

SOFTNESS = 2.0
"""L2 penalty of the conditional logit, on standardised features."""
BY_HAND = ("cue_quotation", "cue_what", "day", "future", "order", "role")
"""Features that open data hold too few cases of: set by hand, and held while the others are fitted."""
SMALLEST = 0.02
FEW = 60
"""Groups of fewer questions than these count by their size."""
NOT_LEARNT = frozenset(
    {"bigram", "cap_st_cov", "cue", "lcs", "len", "max_miss", "n_type", "next_cov", "opposed", "prev_cov", "pron_new",
     "short", "ty_near", "ty_quote", "type_miss"}
)  # fmt: skip
KNOWS = (
    "outlets", "best_three", "reached_mass", "around_mass", "missing_mass", "gap_mass", "top_share", "peak", "second",
    "same_article", "pairs_passage", "reached", "titled", "around", "anywhere", "unknown", "rarest_gap", "names_gap",
    "names_gap_anywhere", "numbers_gap", "skip", "terms", "type_miss",
)  # fmt: skip
SAYS = (
    *(name for name in KNOWS if name != "outlets"),
    "lead",
    "score",
    "type_ok",
    "opposed",
    "negation",
    "prox",
    "met",
)

Weights = dict[str, float]


class TrainingCorpus(Record):
    """A corpus with a set of questions on it: its name, and how it is searched and read."""

    name: str
    questions: tuple[EvaluationQuestion, ...] = Field(repr=False)
    find: Finder
    analyse: Analyse
    profile: Profile

    def told_in(self, articles: Collection[str]) -> tuple[EvaluationQuestion, ...]:
        """The answerable questions whose supporting articles are all among these."""
        return tuple(asked for asked in self._supported() if set(asked.articles) <= set(articles))

    def untold_in(self, articles: Collection[str]) -> tuple[EvaluationQuestion, ...]:
        """The answerable questions none of whose supporting articles is among these."""
        return tuple(asked for asked in self._supported() if set(asked.articles).isdisjoint(articles))

    def _supported(self) -> Iterator[EvaluationQuestion]:
        return (asked for asked in self.questions if asked.answerable and asked.articles)

    def understood(self, text: str) -> tuple[Question, Finding]:
        question = parse_question(self.analyse(text), self.profile())
        return question, self.find(question.query(PASSAGES))


class SentenceChoice(Record):
    """One question's candidate sentences: the features of each, and which hold an accepted answer."""

    features: tuple[dict[str, float], ...]
    right: tuple[bool, ...]

    @property
    def teaches(self) -> bool:
        return any(self.right) and not all(self.right)


class SilenceExample(Record):
    """One question's signals on one corpus: whether the corpus is about it, whether the best sentence is right."""

    corpus: str
    values: dict[str, float]
    known: bool
    answerable: bool
    right: bool


def contests(corpus: TrainingCorpus) -> Iterator[SentenceChoice]:
    """The answerable questions of a corpus as contests between sentences."""
    for asked in corpus.questions:
        if asked.answerable and asked.answers:
            question, finding = corpus.understood(asked.question)
            rows = [
                (values, _holds(asked, hit, index))
                for hit, index, values in candidates(question, question_terms(question, finding), finding)
            ]
            if rows:
                yield SentenceChoice(
                    features=tuple(values for values, _ in rows), right=tuple(right for _, right in rows)
                )


def _holds(asked: EvaluationQuestion, hit: Hit, index: int) -> bool:
    """Whether a sentence holds an accepted answer, in the right article and, where it is named, the right paragraph."""
    sentence = hit.passage.words_of(hit.passage.sentences[index].span)
    if asked.articles and hit.passage.article_id not in asked.articles:
        return False
    if asked.passage is not None and fold(sentence) not in fold(asked.passage):
        return False
    return any(fold(answer) in fold(sentence) for answer in asked.answers)


def fit_evidence(rows: Sequence[SentenceChoice], by_hand: Mapping[str, float]) -> Weights:
    """The weights that let the right sentences win most likely; those in ``by_hand`` are held.

    Raises ValueError where no question teaches anything."""
    import numpy as np  # noqa: PLC0415
    from scipy.optimize import minimize  # noqa: PLC0415

    rows = [row for row in rows if row.teaches]
    if not rows:
        raise ValueError("no question has both right and wrong sentences to learn from")
    names = sorted({name for row in rows for values in row.features for name in values} - NOT_LEARNT - by_hand.keys())
    table = np.array([[values.get(name, 0.0) for name in names] for row in rows for values in row.features])
    held = np.array([sum(w * v.get(n, 0.0) for n, w in by_hand.items()) for row in rows for v in row.features])
    right = np.array([mark for row in rows for mark in row.right], dtype=float)
    sizes = np.array([len(row.right) for row in rows])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    spread = table.std(axis=0) + 1e-9
    scaled = (table - table.mean(axis=0)) / spread

    def loss(weights: Any) -> tuple[float, Any]:
        score = scaled @ weights + held
        odds = np.exp(score - np.repeat(np.maximum.reduceat(score, starts), sizes))
        whole, good = np.add.reduceat(odds, starts), np.add.reduceat(odds * right, starts)
        pull = odds * right / np.repeat(good, sizes) - odds / np.repeat(whole, sizes)
        value = float(-(np.log(good) - np.log(whole)).sum() + SOFTNESS * (weights @ weights))
        return value, -(scaled.T @ pull) + 2 * SOFTNESS * weights

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x / spread
    fitted = {name: float(weight) for name, weight in zip(names, found, strict=True) if abs(weight) >= SMALLEST}
    return dict(sorted({**fitted, **by_hand}.items()))


def share_right(rows: Iterable[SentenceChoice], weights: Mapping[str, float]) -> float:
    """The share of contests that a right sentence wins."""
    won = [row.right[_winner(row, weights)] for row in rows]
    return sum(won) / len(won) if won else 0.0


def _winner(row: SentenceChoice, weights: Mapping[str, float]) -> int:
    scores = [sum(weights.get(name, 0.0) * value for name, value in values.items()) for values in row.features]
    return scores.index(max(scores))


def signalled(
    corpus: TrainingCorpus, questions: Iterable[EvaluationQuestion], *, known: bool
) -> Iterator[SilenceExample]:
    """The signals of questions put to a corpus; ``known`` says that they are its own."""
    for asked in questions:
        question, finding = corpus.understood(asked.question)
        if not question.terms or question.unknown_outlets:
            continue
        needs = question_terms(question, finding)
        evidence = rank_sentences(question, needs, finding)
        found = extract_answers(question, needs, evidence)
        if not known and (not evidence or unknown_names(question, needs)):
            continue  # silence has its reason there already
        case = AnswerContext(question=question, needs=needs, finding=finding, evidence=evidence, candidates=found)
        right = known and bool(evidence) and any(fold(answer) in fold(evidence[0].text) for answer in asked.answers)
        yield SilenceExample(
            corpus=corpus.name, values=signals(case), known=known, answerable=known and asked.answerable, right=right
        )


def fit_knows(rows: Sequence[SilenceExample], hard: str) -> Weights:
    """Tells questions that a corpus is about from those put to the wrong one or about what it never tells.

    The unanswerable questions of the corpus ``hard`` are left out: they are made of its own facts turned round, and
    would teach that coverage means nothing."""
    own = [row for row in rows if row.answerable]
    other = [row for row in rows if not row.answerable and not (row.known and row.corpus == hard)]
    return _logistic(own, other, KNOWS)


def fit_says(rows: Sequence[SilenceExample], hard: str) -> Weights:
    """Tells right best sentences of ``hard`` from those of its questions that only sound answerable."""
    rows = [row for row in rows if row.corpus == hard and row.known]
    right = [row for row in rows if row.right and row.answerable]
    silent = [row for row in rows if not row.answerable]
    return _logistic(right, silent, SAYS)


def fit_sure(rows: Sequence[SilenceExample], hard: str, knows: Weights, says: Weights) -> Weights:
    """Turns the log odds of both detectors into the probability that the best sentence answers rightly.

    Learnt from all questions of ``hard``, and from those put to a corpus that does not know them, to which none is."""
    rows = [row for row in rows if row.corpus == hard or not row.known]
    odds = [_odds(row, knows, says) for row in rows]
    return _fitted(odds, [row.right and row.answerable for row in rows], [1.0] * len(rows), ("knows", "says"))


def _odds(row: SilenceExample, knows: Weights, says: Weights) -> list[float]:
    return [sum(weight * row.values.get(name, 0.0) for name, weight in table.items()) for table in (knows, says)]


def _logistic(yes: Sequence[SilenceExample], no: Sequence[SilenceExample], names: Sequence[str]) -> Weights:
    if not yes or not no:
        raise ValueError("there must be questions of both sorts to learn from")
    rows = [[row.values.get(name, 0.0) for name in names] for row in (*yes, *no)]
    shares = [len(rows) * share for share in (*_shares(yes), *_shares(no))]
    return {**_fitted(rows, [True] * len(yes) + [False] * len(no), shares, names), "nothing": -20.0}


def _fitted(
    rows: Sequence[Sequence[float]], marks: Sequence[bool], shares: Sequence[float], names: Sequence[str]
) -> Weights:
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    model = LogisticRegression(C=1.0, max_iter=3000).fit(rows, marks, sample_weight=shares)
    fitted = {
        name: float(weight) for name, weight in zip(names, model.coef_[0], strict=True) if abs(weight) >= SMALLEST
    }
    return {"bias": float(model.intercept_[0]), **dict(sorted(fitted.items()))}


def _shares(rows: Sequence[SilenceExample]) -> list[float]:
    """Weights that sum to a half: each group of questions put to the same articles counts the same, small ones less."""
    groups = Counter((row.corpus, row.known) for row in rows)
    shares = [1.0 / max(groups[row.corpus, row.known], FEW) for row in rows]
    return [0.5 * share / sum(shares) for share in shares]
