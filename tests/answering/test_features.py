"""Score features: those with a value, with their weights and shares."""

from __future__ import annotations

import pytest

from bot.answering.features import ScoreFeature, ScoreFeatures, fitted_digest, weight_table

SCORE = ScoreFeatures({"near": 0.5, "far": 0.0, "unheard of": 2.0}, {"near": 4.0, "far": 1.0})


def test_the_features_with_a_value_come_in_order() -> None:
    assert list(SCORE) == [ScoreFeature("near", 0.5, 4.0), ScoreFeature("unheard of", 2.0, 0.0)]
    assert (len(SCORE), SCORE[0].share, SCORE[-1].share) == (2, 2.0, 0.0)
    assert list(SCORE[:1]) == [ScoreFeature("near", 0.5, 4.0)]


def test_the_same_parts_are_the_same_score() -> None:
    again = ScoreFeatures({"near": 0.5, "unheard of": 2.0}, {"near": 4.0})
    assert (again == SCORE, hash(again) == hash(SCORE)) == (True, True)
    assert ScoreFeatures({"near": 0.25}, {"near": 4.0}) != SCORE


def test_a_table_of_weights_holds_numbers_alone() -> None:
    assert set(weight_table("fusion")) == {"lexical", "reader", "unread"}
    assert len(fitted_digest()) == 12
    with pytest.raises(KeyError):
        weight_table("nothing")
