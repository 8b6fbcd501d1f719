"""Fitting: what the data show is what the weights say."""

from __future__ import annotations

import pytest

from bot.evaluation.fitting import Contest, Signalled, fit_evidence, fit_knows, share_right


def contest(right: dict[str, float], *wrong: dict[str, float]) -> Contest:
    return Contest(features=(*wrong, right), right=(*(False for _ in wrong), True))


def rows() -> list[Contest]:
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
        fit_evidence([Contest(features=({"idf_cov": 1.0},), right=(True,))], {})


def test_what_the_corpus_knows_is_learnt_from_questions_to_the_wrong_one() -> None:
    def row(reached: float, known: bool) -> Signalled:
        return Signalled(corpus="ferries", values={"reached": reached}, known=known, answerable=known, right=known)

    signals = [row(0.8 + 0.01 * i, True) for i in range(10)] + [row(0.1 + 0.01 * i, False) for i in range(10)]
    assert fit_knows(signals, "lighthouses")["reached"] > 0.5
