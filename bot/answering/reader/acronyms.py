"""Acronyms: which names they abbreviate."""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.models import Hit, Token

_SHORTEST, _LONGEST = 2, 6
"""In letters: one is an initial, and longer words in capitals are mostly emphasis; chosen by hand."""


def is_acronym(word: str) -> bool:
    """Whether a word is written as initials: two to six capital letters."""
    return _SHORTEST <= len(word) <= _LONGEST and word.isascii() and word.isalpha() and word.isupper()


def stands_for(acronym: str, hit: Hit, index: int) -> bool:
    """Whether a sentence of a hit has a run of capitalised words with these initials; small words between are optional.

    The last letters may also be a word of their own, such as the numeral of World War II.
    """
    letters, start, tokens = acronym.casefold(), hit.passage.span.start, hit.tokens[index]
    places = [place for place, token in enumerate(tokens) if token.word[:1] == letters[0]]
    if not places:
        return False
    words = tuple([hit.passage.text[token.start - start : token.end - start] for token in tokens])
    return any(_spells(letters, tokens, words, place) for place in places)


def _spells(letters: str, tokens: Sequence[Token], words: Sequence[str], place: int) -> bool:
    read = 0
    while place < len(words) and letters:
        word, rest = words[place], letters[1:]
        if read > 1 and word.casefold() == letters:
            return True
        if word[:1].casefold() == letters[0] and (word[:1].isupper() or not tokens[place].content):
            letters, read = rest, read + 1
        elif not read or tokens[place].content:
            return False
        place += 1
    return read >= _SHORTEST and not letters
