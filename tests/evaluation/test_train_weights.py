"""Fitting: what the data show is what the weights say."""

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


def contest(right: dict[str, float], *wrong: dict[str, float]) -> SentenceChoice:
    return SentenceChoice(features=(*wrong, right), right=(*(False for _ in wrong), True))


def rows() -> list[SentenceChoice]:
    """Sentences that cover the question are right, and long ones are as often right as wrong."""
    cover, miss = {"idf_cov": 0.9}, {"idf_cov": 0.2}
    return [
        contest({**cover, "long": side}, {**miss, "long": 1 - side}, {**miss, "long": side}) for side in (0, 1)
    ] * 20


def test_a_telling_feature_gets_weight_and_an_idle_one_none() -> None:
    weights = fit_evidence(rows(), {})
    assert weights["idf_cov"] > 1.0
    assert abs(weights.get("long", 0.0)) < 0.1 * weights["idf_cov"]
    assert share_right(rows(), weights) == 1.0


def test_weights_set_by_hand_are_held() -> None:
    assert fit_evidence(rows(), {"role": 4.0})["role"] == 4.0


def test_questions_that_teach_nothing_are_refused() -> None:
    with pytest.raises(ValueError, match="learn"):
        fit_evidence([SentenceChoice(features=({"idf_cov": 1.0},), right=(True,))], {})


def test_what_the_corpus_knows_is_learnt_from_questions_to_the_wrong_one() -> None:
    def row(reached: float, known: bool) -> SilenceExample:
        return SilenceExample(corpus="ferries", values={"reached": reached}, known=known, answerable=known, right=known)

    signals = [row(0.8 + 0.01 * i, True) for i in range(10)] + [row(0.1 + 0.01 * i, False) for i in range(10)]
    assert fit_knows(signals, "lighthouses")["reached"] > 0.5


def test_a_corpus_of_fewer_questions_counts_as_much_but_a_handful_does_not_rule() -> None:
    def row(corpus: str, reached: float, known: bool) -> SilenceExample:
        return SilenceExample(corpus=corpus, values={"reached": reached}, known=known, answerable=known, right=known)

    def middle(small: int) -> float:
        many = [row("ferries", 0.9, True)] * 300 + [row("ferries", 0.5, False)] * 300
        few = [row("storms", 0.5, True)] * small + [row("storms", 0.1, False)] * small
        weights = fit_knows([*many, *few], "lighthouses")
        return -weights["bias"] / weights["reached"]

    assert middle(100) < middle(2)


def test_both_detectors_make_one_probability() -> None:
    def row(reached: float, met: float, right: bool, known: bool = True) -> SilenceExample:
        values = {"reached": reached, "met": met}
        return SilenceExample(corpus="ferries", values=values, known=known, answerable=right, right=right)

    rows = [row(1.0, 1.0, True)] * 30 + [row(1.0, 0.0, False)] * 30 + [row(0.0, 1.0, False, known=False)] * 30
    sure = fit_sure(rows, "ferries", {"reached": 4.0, "bias": -2.0}, {"met": 4.0, "bias": -2.0})
    assert sure["knows"] > 0.5
    assert sure["says"] > 0.5


def test_questions_are_parted_by_where_their_answers_stand() -> None:
    def asked(identity: str, *articles: str, answerable: bool = True) -> EvaluationQuestion:
        return EvaluationQuestion(id=identity, question="Who?", answerable=answerable, articles=articles)

    questions = (
        asked("in", "a"),
        asked("out", "b"),
        asked("both", "a", "b"),
        asked("none"),
        asked("not", answerable=False),
    )
    corpus = TrainingCorpus.model_construct(name="ferries", questions=questions)
    assert [each.id for each in corpus.told_in({"a"})] == ["in"]
    assert [each.id for each in corpus.untold_in({"a"})] == ["out"]
