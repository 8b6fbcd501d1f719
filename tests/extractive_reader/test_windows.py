"""Windows: question, title and passage in one row of tokens, and passages that are too long for one."""

from __future__ import annotations

from itertools import accumulate, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.extractive_reader.windows import LONGEST, LONGEST_QUESTION, LONGEST_TITLE, cut, sentence_bounds, windows_of
from bot.extractive_reader.wordpiece import WordPiece
from tests.extractive_reader.tiny_reader import VOCABULARY, WORDS, hit_of

TOKENISER = WordPiece(VOCABULARY)


def words(ids) -> str:
    return " ".join(WORDS[number] for number in ids)


def test_a_window_is_question_title_and_passage():
    (window,) = windows_of(TOKENISER, "Who left?", hit_of("Anna left.", title="The mayor"))
    assert words(window.ids) == "[CLS] who left [UNK] [SEP] the mayor : anna left . [SEP]"
    assert window.types.tolist() == [0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1]
    assert words(window.ids[window.first :][: len(window.pieces.ids)]) == "anna left ."
    assert window.pieces.starts.tolist() == [0, 5, 9]


def test_without_a_title_the_passage_follows_the_question():
    (window,) = windows_of(TOKENISER, "who", hit_of("Anna left."))
    assert words(window.ids) == "[CLS] who [SEP] anna left . [SEP]"


def test_question_and_title_are_cut():
    (window,) = windows_of(TOKENISER, "who " * 100, hit_of("Anna left.", title="the " * 100))
    assert window.first == LONGEST_QUESTION + LONGEST_TITLE + 2


def test_a_passage_that_is_too_long_is_read_in_two_windows_that_share_the_sentence_in_the_middle():
    sentence = "the ferry reached dover on 4 may " * 5 + "."
    hit = hit_of(*[sentence] * 9, title="mayor anna")  # 324 pieces
    first, second = windows_of(TOKENISER, "who left", hit)
    assert max(len(first.ids), len(second.ids)) <= LONGEST
    assert (first.pieces.starts[0], second.pieces.ends[-1]) == (0, len(hit.passage.text))
    assert second.pieces.starts[0] == hit.passage.sentences[4].span.start
    assert first.pieces.ends[-1] == hit.passage.sentences[4].span.end


def test_bounds_are_those_of_sentences_and_count_pieces_of_the_window():
    hit = hit_of("Anna left.", "The mayor resigned.", before="On 4 May: ")
    pieces = TOKENISER.pieces(hit.passage.text)
    assert sentence_bounds(hit, pieces) == [(0, 3), (3, 7)]
    assert sentence_bounds(hit, pieces.cut(3, 7)) == [(0, 0), (0, 4)]
    assert sentence_bounds(hit, pieces.cut(0, 5)) == [(0, 3), (3, 5)]


@pytest.mark.parametrize(
    ("lengths", "room", "expected"),
    [
        ([40, 60], 100, [(0, 100)]),
        ([40, 30, 40], 100, [(0, 70), (40, 110)]),
        ([55, 55], 100, [(0, 55), (55, 110)]),
        ([10, 95, 10], 100, [(0, 100), (15, 115)]),  # the sentence in the middle fits into no window: cut it
        ([60, 60, 60, 60, 60], 100, [(0, 60), (240, 300)]),  # too long for two windows: the middle is not read
        ([10, 300, 10], 100, [(0, 100), (220, 320)]),
    ],
)
def test_where_a_passage_is_cut(lengths, room, expected):
    bounds = list(pairwise([0, *accumulate(lengths)]))
    assert cut(bounds, sum(lengths), room) == expected


@settings(deadline=None)
@given(st.lists(st.integers(1, 300), max_size=30), st.integers(60, 240))
def test_windows_fit_begin_and_end_with_the_passage_and_leave_out_nothing_that_fits(lengths, room):
    bounds, total = list(pairwise([0, *accumulate(lengths)])), sum(lengths)
    windows = cut(bounds, total, room)
    assert windows[0][0] == 0 and windows[-1][1] == total
    assert all(end - start <= room for start, end in windows) and len(windows) <= 2
    if total <= 2 * room:
        assert windows[-1][0] <= windows[0][1]
