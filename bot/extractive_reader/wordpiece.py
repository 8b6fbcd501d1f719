"""BERT's uncased tokenisation: text -> ids of word pieces, each with its place in the text."""

from __future__ import annotations

import json
import re
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.extractive_reader.errors import ReaderUnavailable

REMEMBERED = 2048
"""Texts whose pieces are remembered: the passages of some 400 questions, at about 6 KB a passage."""
_CONTINUES = "##"
_NEEDED = ("[CLS]", "[SEP]", "[UNK]")
# the blocks of CJK ideographs, each of which is a word of its own (https://github.com/google-research/bert,
# tokenization.py, `_is_chinese_char`)
_IDEOGRAPHS = re.compile(
    "[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002a6df\U0002a700-\U0002b81f\U0002b920-\U0002ceaf"
    "\U0002f800-\U0002fa1f]"
)
# ASCII that Unicode does not count as punctuation, but BERT does
_ASCII_PUNCTUATION = frozenset("$+<=>^`|~")
_REMOVED = frozenset({"Cc", "Cf", "Co", "Cs"})


class Pieces(NamedTuple):
    """The word pieces of a text: ids, and start and end of each in code points of the text, each of shape (pieces,)."""

    ids: NDArray[np.int64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]

    def cut(self, first: int, last: int) -> Pieces:
        """The pieces from ``first`` on, ``last`` excluded."""
        return Pieces(self.ids[first:last], self.starts[first:last], self.ends[first:last])


class WordPiece:
    """Cuts texts into the longest pieces that a vocabulary has; remembers the last texts. Threads may share it.

    Names of special tokens in a text are words like any other, so that no text can end a question or a passage.
    """

    def __init__(self, vocabulary: dict[str, int], longest: int = 100) -> None:
        """``longest`` is how many characters a word may have before it counts as unknown."""
        self._vocabulary, self._longest = vocabulary, longest
        self.cls, self.sep, self._unknown = (vocabulary[name] for name in _NEEDED)
        self.highest = max(vocabulary.values())
        self.pieces = lru_cache(maxsize=REMEMBERED)(self._pieces)

    def _pieces(self, text: str) -> Pieces:
        """The pieces of a text, in order."""
        forms = list(map(_form, text))
        places = [place for place, form in enumerate(forms) for _ in form]
        cut = [piece for word in re.finditer("[^ ]+", "".join(forms)) for piece in self._cut(word[0], word.start())]
        ids, starts, ends = np.array(cut, np.int64).reshape(-1, 3).T
        spots = np.array(places, np.int64)
        return Pieces(ids.copy(), spots[starts], spots[ends - 1] + 1)

    def _cut(self, word: str, at: int) -> list[tuple[int, int, int]]:
        """The id, start and end of each piece of a word that begins at ``at``; where one is unknown, of the whole."""
        pieces, start = [], 0
        while start < len(word) <= self._longest:
            if (found := self._longest_piece(word, start)) is None:
                break
            pieces.append((found[0], at + start, at + found[1]))
            start = found[1]
        return pieces if start == len(word) else [(self._unknown, at, at + len(word))]

    def _longest_piece(self, word: str, start: int) -> tuple[int, int] | None:
        """The id and the end of the longest piece of the vocabulary that begins at ``start``."""
        prefix = _CONTINUES if start else ""
        for end in range(len(word), start, -1):
            if (number := self._vocabulary.get(prefix + word[start:end])) is not None:
                return number, end
        return None


def load_wordpiece(path: Path) -> WordPiece:
    """The tokeniser of a HuggingFace ``tokenizer.json`` of an uncased BERT.

    Raises ReaderUnavailable where the file is missing, damaged, or of another kind of tokeniser.
    """
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
        return _wordpiece(read["model"], read["normalizer"])
    except OSError as error:
        raise ReaderUnavailable(f"{path} cannot be read ({error.strerror}); put the reader's tokenizer there") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise ReaderUnavailable(
            f"{path} is not the tokenizer.json of an uncased BERT; copy it again, or choose a reader that has one"
        ) from None


def _wordpiece(model: dict[str, Any], normalizer: dict[str, Any]) -> WordPiece:
    """Raises ValueError for another kind of tokeniser, KeyError for a vocabulary without the special tokens."""
    kind = (model["type"], model["continuing_subword_prefix"], normalizer["type"], normalizer["lowercase"])
    accents = normalizer["strip_accents"] is not False  # None means: as lowercase says
    if kind != ("WordPiece", _CONTINUES, "BertNormalizer", True) or not accents:
        raise ValueError(f"another kind of tokeniser: {kind}")
    return WordPiece(dict(model["vocab"]), int(model["max_input_chars_per_word"]))


@lru_cache(maxsize=4096)
def _form(character: str) -> str:
    """What the tokeniser sees in place of a character: lower case without accents, a blank, or nothing.

    A character that is a word of its own has blanks around it.
    """
    if character in "\t\n\r" or (character.isspace() and unicodedata.category(character) not in _REMOVED):
        return " "
    if character == "\ufffd" or unicodedata.category(character) in _REMOVED:
        return ""
    form = "".join(_without_accents(unicodedata.normalize("NFD", character)))
    return f" {form} " if _IDEOGRAPHS.match(character) else form


def _without_accents(decomposed: str) -> list[str]:
    letters = (each for each in decomposed if unicodedata.category(each) != "Mn")
    return [f" {each} " if _is_punctuation(each) else each.lower() for each in letters]


def _is_punctuation(character: str) -> bool:
    return character in _ASCII_PUNCTUATION or unicodedata.category(character).startswith("P")
