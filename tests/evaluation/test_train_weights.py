"""Fitting weights: a feature that separates right from wrong gets weight, others do not."""

from __future__ import annotations

import pytest

from bot.evaluation.models import EvaluationQuestion
from bot.evaluation.train_weights import (
    SentenceChoice,
    SilenceExample,
    TrainingCorpus,
    fit_evidence,
    fit_knows,
    fit_sure,
    share_right,
)


def choice(right: dict[str, float], *wrong: dict[str, float]) -> SentenceChoice:
    return SentenceChoice(features=(*wrong, right), right=(*(False for _ in wrong), True))


def rows() -> list[SentenceChoice]:
    """Sentences that cover the question are right, and long ones are as often right as wrong."""
    cover, miss = {"idf_cov": 0.9}, {"idf_cov": 0.2}
    return [choice({**cover, "long": side}, {**miss, "long": 1 - side}, {**miss, "long": side}) for side in (0, 1)] * 20


def test_a_feature_that_separates_gets_weight_and_another_does_not() -> None:
    weights = fit_evidence(rows(), {})
    assert weights["idf_cov"] > 1.0
    assert abs(weights.get("long", 0.0)) < 0.1 * weights["idf_cov"]
    assert share_right(rows(), weights) == 1.0


def test_weights_set_by_hand_stay() -> None:
    assert fit_evidence(rows(), {"role": 4.0})["role"] == 4.0


def test_questions_without_right_and_wrong_sentences_are_refused() -> None:
    with pytest.raises(ValueError, match="learn"):
        fit_evidence([SentenceChoice(features=({"idf_cov": 1.0},), right=(True,))], {})


def test_knows_is_learnt_from_questions_over_the_wrong_corpus() -> None:
    def row(reached: float, known: bool) -> SilenceExample:
        return SilenceExample(corpus="ferries", values={"reached": reached}, known=known, answerable=known, right=known)

    signals = [row(0.8 + 0.01 * i, True) for i in range(10)] + [row(0.1 + 0.01 * i, False) for i in range(10)]
    assert fit_knows(signals, "lighthouses")["reached"] > 0.5


def test_a_corpus_of_fewer_questions_counts_as_much_but_a_few_questions_do_not() -> None:
    def row(corpus: str, reached: float, known: bool) -> SilenceExample:
        return SilenceExample(corpus=corpus, values={"reached": reached}, known=known, answerable=known, right=known)

    def middle(small: int) -> float:
        many = [row("ferries", 0.9, True)] * 300 + [row("ferries", 0.5, False)] * 300
        few = [row("storms", 0.5, True)] * small + [row("storms", 0.1, False)] * small
        weights = fit_knows([*many, *few], "lighthouses")
        return -weights["bias"] / weights["reached"]

    assert middle(100) < middle(2)


def test_both_detectors_are_combined_into_one_probability() -> None:
    def row(reached: float, met: float, right: bool, known: bool = True) -> SilenceExample:
        values = {"reached": reached, "met": met}
        return SilenceExample(corpus="ferries", values=values, known=known, answerable=right, right=right)

    rows = [row(1.0, 1.0, True)] * 30 + [row(1.0, 0.0, False)] * 30 + [row(0.0, 1.0, False, known=False)] * 30
    sure = fit_sure(rows, "ferries", {"reached": 4.0, "bias": -2.0}, {"met": 4.0, "bias": -2.0})
    assert sure["knows"] > 0.5
    assert sure["says"] > 0.5


def test_questions_are_divided_by_whether_the_articles_answer_them() -> None:
    def gold(identity: str, *articles: str, answerable: bool = True) -> EvaluationQuestion:
        return EvaluationQuestion(id=identity, question="Who?", answerable=answerable, articles=articles)

    questions = (
        gold("in", "a"),
        gold("out", "b"),
        gold("both", "a", "b"),
        gold("none"),
        gold("not", answerable=False),
    )
    corpus = TrainingCorpus.model_construct(name="ferries", questions=questions)
    assert [each.id for each in corpus.answerable_from({"a"})] == ["in"]
    assert [each.id for each in corpus.unanswerable_from({"a"})] == ["out"]
