"""What the model reads: a question with a title and a passage, or with each half of a passage that is too long."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.extractive_reader.wordpiece import Pieces, WordPiece
from retrieval.models import Hit

# word pieces of a window and of its parts, as in training; above 256 the cost grows faster than the length
LONGEST, LONGEST_QUESTION, LONGEST_TITLE = 256, 40, 12
_SPECIAL = 3


class Window(NamedTuple):
    """``[CLS] question [SEP] title: passage [SEP]`` as ids and types, each of shape (tokens,).

    ``pieces`` are those of the passage, with their places in its text; the first is token ``first``.
    """

    ids: NDArray[np.int64]
    types: NDArray[np.int64]
    first: int
    pieces: Pieces


def windows_of(tokeniser: WordPiece, question: str, hit: Hit) -> list[Window]:
    """The windows through which a hit's passage is read: one where it fits, else two."""
    asked = tokeniser.pieces(question).ids[:LONGEST_QUESTION]
    title = tokeniser.pieces(f"{hit.header.title}:" if hit.header.title else "").ids[:LONGEST_TITLE]
    before = np.concatenate(([tokeniser.cls], asked, [tokeniser.sep], title))
    passage = tokeniser.pieces(hit.passage.text)
    room = LONGEST - _SPECIAL - len(asked) - len(title)
    cuts = cut(sentence_bounds(hit, passage), len(passage.ids), room)
    types = np.concatenate((np.zeros(len(asked) + 2, np.int64), np.ones(LONGEST, np.int64)))
    return [_window(before, passage.cut(*ends), types, tokeniser.sep) for ends in cuts]


def _window(before: NDArray[np.int64], pieces: Pieces, types: NDArray[np.int64], end: int) -> Window:
    ids = np.concatenate((before, pieces.ids, [end]))
    return Window(ids, types[: len(ids)], len(before), pieces)


def sentence_bounds(hit: Hit, pieces: Pieces) -> list[tuple[int, int]]:
    """For each sentence of a hit's passage its first piece and the one after its last, counted in ``pieces``."""
    base = hit.passage.span.start
    spans = [sentence.span for sentence in hit.passage.sentences]
    firsts = np.searchsorted(pieces.starts, [span.start - base for span in spans])
    lasts = np.searchsorted(pieces.ends, [span.end - base for span in spans], side="right")
    return list(zip(firsts.tolist(), lasts.tolist(), strict=True))


def cut(sentences: Sequence[tuple[int, int]], total: int, room: int) -> list[tuple[int, int]]:
    """Where to cut ``total`` pieces: whole where they fit into ``room``, else in two at ends of sentences.

    The halves share the sentence in the middle. Of more than twice the room the middle is not read.
    """
    if total <= room:
        return [(0, total)]
    end = _end([last for _, last in sentences], total, room)
    start = total - _end([total - first for first, _ in sentences], total, room)
    return [(0, end), (start, total)]


def _end(ends: Sequence[int], total: int, room: int) -> int:
    """Where the first of two windows ends: soon after the middle, since short windows are cheap, but within room."""
    if total > 2 * room:
        return max((end for end in ends if room // 2 <= end <= room), default=room)
    return min((end for end in ends if total / 2 <= end <= room), default=room)
