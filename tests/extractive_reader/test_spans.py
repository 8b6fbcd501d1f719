"""The best span of a sentence, and its words without what does not belong to them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.extractive_reader.spans import LONGEST_SPAN, best_span, trimmed


def logits(*pairs: tuple[float, float]) -> np.ndarray:
    return np.array(pairs, np.float32)


def test_the_best_span_has_the_highest_sum_of_start_and_end():
    assert best_span(logits((0, 0), (3, 1), (0, 2.5), (0, 0))) == (1, 2, 5.5)


def test_a_span_does_not_end_before_it_starts():
    assert best_span(logits((0, 9), (0, 0), (9, 1)))[:2] == (2, 2)


def test_a_span_has_a_most_of_tokens():
    far = logits((9, 0), *[(0, 0)] * (LONGEST_SPAN - 1), (0, 9))
    near = logits((9, 0), *[(0, 0)] * (LONGEST_SPAN - 2), (0, 9))
    assert best_span(near) == (0, LONGEST_SPAN - 1, 18)
    assert best_span(far).score == 9


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(-50, 50), st.integers(-50, 50)), min_size=1, max_size=40))
def test_it_is_the_best_of_all_that_are_allowed(pairs):
    allowed = ((i, j) for i in range(len(pairs)) for j in range(i, min(len(pairs), i + LONGEST_SPAN)))
    assert best_span(logits(*pairs)).score == max(pairs[i][0] + pairs[j][1] for i, j in allowed)


@pytest.mark.parametrize(
    ("sentence", "span", "kept"),
    [
        ("It left on 4 May.", "4 May.", "4 May"),
        ("It left on 4 May, she said.", " 4 May, ", "4 May"),
        ("She said: “I resign.”", "I resign.”", "I resign"),
        ("She said: “I resign.”", "“I resign.”", "“I resign.”"),
        ("Dover (England) and Calais", "Dover (England)", "Dover (England)"),
        ("the port (of Dover) is shut", "of Dover)", "of Dover"),
        ('the "Dover" left', '"Dover"', '"Dover"'),
        ('the "old Dover" left', 'Dover"', "Dover"),
        ("He moved to the U.S.", "the U.S.", "the U.S."),
        ("Apple Inc. fell", "Apple Inc.", "Apple Inc."),
        ("Who left?", "left?", "left"),
        ("Stop!", "!", "!"),
    ],
)
def test_a_span_loses_white_space_and_punctuation_that_closes_others(sentence, span, kept):
    start = sentence.index(span)
    first, last = trimmed(sentence, start, start + len(span))
    assert sentence[first:last] == kept


@settings(deadline=None)
@given(st.text("ab .,”“)(\"' ", min_size=1), st.data())
def test_a_trimmed_span_lies_inside_the_span_and_holds_something(sentence, data):
    start = data.draw(st.integers(0, len(sentence) - 1))
    end = data.draw(st.integers(start + 1, len(sentence)))
    first, last = trimmed(sentence, start, end)
    assert start <= first < last <= end
