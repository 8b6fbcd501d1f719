"""Fits the weights of sentence ranking and of abstention; needs scikit-learn, the ``fit`` extra.

Sentence ranking: a conditional logit. The candidate sentences of a question compete in a softmax; the likelihood of the
sentences with an accepted answer is maximised (McFadden 1974). Abstention: two logistic regressions, ``knows`` and
``says``, over the signals of ``confidence.abstention``, and a third, ``sure``, over their log odds, which gives the
probability that the answer is right (Platt 1999).

Unanswerable questions are made best by asking a corpus's own questions over a part of it without their articles: they
have the same style as the answerable ones, so only the missing article can tell them apart.
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
from bot.answering.reader.sentence_ranker import rank_sentences, sentence_features
from bot.evaluation.metrics import fold
from bot.evaluation.models import EvaluationQuestion
from retrieval.models import Finding, Hit, Record

L2_PENALTY = 2.0
"""Weight of the L2 penalty of the conditional logit, on standardised features."""
BY_HAND = ("cue_quotation", "cue_what", "day", "future", "order", "role")
"""Features with too few cases in open data: set by hand, and constant while the others are fitted."""
LEAST_WEIGHT = 0.02
"""Weights nearer to 0 are dropped."""
FULL_GROUP = 60
"""Questions from which on a group counts as much as any other; a smaller one counts in proportion to its size."""
NOT_FITTED = frozenset(
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
    """A corpus with its question set and its name, and the functions that search and analyse it."""

    name: str
    questions: tuple[EvaluationQuestion, ...] = Field(repr=False)
    find: Finder
    analyse: Analyse
    profile: Profile

    def answerable_from(self, articles: Collection[str]) -> tuple[EvaluationQuestion, ...]:
        """The answerable questions whose supporting articles are all among these article ids."""
        return tuple(gold for gold in self._with_articles() if set(gold.articles) <= set(articles))

    def unanswerable_from(self, articles: Collection[str]) -> tuple[EvaluationQuestion, ...]:
        """The answerable questions none of whose supporting articles is among these article ids."""
        return tuple(gold for gold in self._with_articles() if set(gold.articles).isdisjoint(articles))

    def _with_articles(self) -> Iterator[EvaluationQuestion]:
        return (gold for gold in self.questions if gold.answerable and gold.articles)

    def search(self, text: str) -> tuple[Question, Finding]:
        """The parsed question, and what search finds for it."""
        question = parse_question(self.analyse(text), self.profile())
        return question, self.find(question.query(PASSAGES))


class SentenceChoice(Record):
    """One question's candidate sentences: the features of each, and whether it contains an accepted answer."""

    features: tuple[dict[str, float], ...]
    right: tuple[bool, ...]

    @property
    def is_informative(self) -> bool:
        """Whether there are both right and wrong sentences."""
        return any(self.right) and not all(self.right)


class SilenceExample(Record):
    """One question's abstention signals on one corpus, and the labels.

    ``known``: the corpus has articles about it; ``answerable``: they answer it; ``right``: the best sentence does.
    """

    corpus: str
    values: dict[str, float]
    known: bool
    answerable: bool
    right: bool


def sentence_choices(corpus: TrainingCorpus) -> Iterator[SentenceChoice]:
    """The candidate sentences of each answerable question of a corpus."""
    for gold in corpus.questions:
        if gold.answerable and gold.answers:
            question, finding = corpus.search(gold.question)
            rows = [
                (values, _is_right(gold, hit, index))
                for hit, index, values in sentence_features(question, question_terms(question, finding), finding)
            ]
            if rows:
                yield SentenceChoice(
                    features=tuple(values for values, _ in rows), right=tuple(right for _, right in rows)
                )


def _is_right(gold: EvaluationQuestion, hit: Hit, index: int) -> bool:
    """Whether a sentence contains an accepted answer, in a supporting article and, where it is known, the passage."""
    sentence = hit.passage.words_of(hit.passage.sentences[index].span)
    if gold.articles and hit.passage.article_id not in gold.articles:
        return False
    if gold.passage is not None and fold(sentence) not in fold(gold.passage):
        return False
    return any(fold(answer) in fold(sentence) for answer in gold.answers)


def fit_evidence(rows: Sequence[SentenceChoice], by_hand: Mapping[str, float]) -> Weights:
    """The weights by name that maximise the likelihood of the right sentences; those in ``by_hand`` stay as they are.

    Raises ValueError where no question has both right and wrong sentences."""
    import numpy as np  # noqa: PLC0415
    from scipy.optimize import minimize  # noqa: PLC0415

    rows = [row for row in rows if row.is_informative]
    if not rows:
        raise ValueError("no question has both right and wrong sentences to learn from")
    names = sorted({name for row in rows for values in row.features for name in values} - NOT_FITTED - by_hand.keys())
    table = np.array([[values.get(name, 0.0) for name in names] for row in rows for values in row.features])
    fixed = np.array([sum(w * v.get(n, 0.0) for n, w in by_hand.items()) for row in rows for v in row.features])
    right = np.array([mark for row in rows for mark in row.right], dtype=float)
    sizes = np.array([len(row.right) for row in rows])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    spread = table.std(axis=0) + 1e-9
    scaled = (table - table.mean(axis=0)) / spread

    def loss(weights: Any) -> tuple[float, Any]:
        score = scaled @ weights + fixed
        odds = np.exp(score - np.repeat(np.maximum.reduceat(score, starts), sizes))
        total, total_right = np.add.reduceat(odds, starts), np.add.reduceat(odds * right, starts)
        residual = odds * right / np.repeat(total_right, sizes) - odds / np.repeat(total, sizes)
        value = float(-(np.log(total_right) - np.log(total)).sum() + L2_PENALTY * (weights @ weights))
        return value, -(scaled.T @ residual) + 2 * L2_PENALTY * weights

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x / spread
    fitted = {name: float(weight) for name, weight in zip(names, found, strict=True) if abs(weight) >= LEAST_WEIGHT}
    return dict(sorted({**fitted, **by_hand}.items()))


def share_right(rows: Iterable[SentenceChoice], weights: Mapping[str, float]) -> float:
    """The share of questions, 0 to 1, whose best sentence by these weights is right."""
    right = [row.right[_best(row, weights)] for row in rows]
    return sum(right) / len(right) if right else 0.0


def _best(row: SentenceChoice, weights: Mapping[str, float]) -> int:
    scores = [sum(weights.get(name, 0.0) * value for name, value in values.items()) for values in row.features]
    return scores.index(max(scores))


def silence_examples(
    corpus: TrainingCorpus, questions: Iterable[EvaluationQuestion], *, known: bool
) -> Iterator[SilenceExample]:
    """The abstention signals of questions on a corpus; ``known`` says that the corpus has articles about them."""
    for gold in questions:
        question, finding = corpus.search(gold.question)
        if not question.terms or question.unknown_outlets:
            continue
        terms = question_terms(question, finding)
        evidence = rank_sentences(question, terms, finding)
        found = extract_answers(question, terms, evidence)
        if not known and (not evidence or unknown_names(question, terms)):
            continue  # a rule abstains here, whatever the weights are
        context = AnswerContext(question=question, terms=terms, finding=finding, evidence=evidence, candidates=found)
        right = known and bool(evidence) and any(fold(answer) in fold(evidence[0].text) for answer in gold.answers)
        yield SilenceExample(
            corpus=corpus.name, values=signals(context), known=known, answerable=known and gold.answerable, right=right
        )


def fit_knows(rows: Sequence[SilenceExample], hard: str) -> Weights:
    """The detector of questions that the corpus has articles about.

    The unanswerable questions of the corpus ``hard`` are left out: they are made by changing its own facts, and would
    give coverage no weight. Raises ValueError where one class is empty."""
    own = [row for row in rows if row.answerable]
    other = [row for row in rows if not row.answerable and not (row.known and row.corpus == hard)]
    return _detector(own, other, KNOWS)


def fit_says(rows: Sequence[SilenceExample], hard: str) -> Weights:
    """The detector of right best sentences, from the questions on the corpus ``hard``, some of which have no answer.

    Raises ValueError where one class is empty."""
    rows = [row for row in rows if row.corpus == hard and row.known]
    right = [row for row in rows if row.right and row.answerable]
    unanswerable = [row for row in rows if not row.answerable]
    return _detector(right, unanswerable, SAYS)


def fit_sure(rows: Sequence[SilenceExample], hard: str, knows: Weights, says: Weights) -> Weights:
    """The calibration of both detectors' log odds to the probability that the best sentence is right.

    Fitted on all questions of the corpus ``hard``, and on those asked over a corpus without articles about them."""
    rows = [row for row in rows if row.corpus == hard or not row.known]
    odds = [_log_odds(row, knows, says) for row in rows]
    right = [row.right and row.answerable for row in rows]
    return _logistic_regression(odds, right, [1.0] * len(rows), ("knows", "says"))


def _log_odds(row: SilenceExample, knows: Weights, says: Weights) -> list[float]:
    return [sum(weight * row.values.get(name, 0.0) for name, weight in table.items()) for table in (knows, says)]


def _detector(positive: Sequence[SilenceExample], negative: Sequence[SilenceExample], names: Sequence[str]) -> Weights:
    if not positive or not negative:
        raise ValueError("there must be questions of both classes to learn from")
    rows = [[row.values.get(name, 0.0) for name in names] for row in (*positive, *negative)]
    labels = [True] * len(positive) + [False] * len(negative)
    sample_weights = [len(rows) * weight for weight in (*_sample_weights(positive), *_sample_weights(negative))]
    return {**_logistic_regression(rows, labels, sample_weights, names), "nothing": -20.0}


def _logistic_regression(
    rows: Sequence[Sequence[float]], labels: Sequence[bool], sample_weights: Sequence[float], names: Sequence[str]
) -> Weights:
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    model = LogisticRegression(C=1.0, max_iter=3000).fit(rows, labels, sample_weight=sample_weights)
    weights = {name: float(weight) for name, weight in zip(names, model.coef_[0], strict=True)}
    kept = {name: weight for name, weight in sorted(weights.items()) if abs(weight) >= LEAST_WEIGHT}
    return {"bias": float(model.intercept_[0]), **kept}


def _sample_weights(rows: Sequence[SilenceExample]) -> list[float]:
    """Sample weights that sum to 0.5: each group of questions on one corpus counts the same, a small group less."""
    groups = Counter((row.corpus, row.known) for row in rows)
    weights = [1.0 / max(groups[row.corpus, row.known], FULL_GROUP) for row in rows]
    return [0.5 * weight / sum(weights) for weight in weights]
