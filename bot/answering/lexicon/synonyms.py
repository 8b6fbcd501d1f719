"""The lexicon of news: synonyms, and antonyms, which make a statement its contrary."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from retrieval.models import Record
from retrieval.text.tokens import index_terms

Phrase = tuple[str, ...]


class Lexicon(Record):
    """Synonyms by phrase, and antonyms by term; phrases are tuples of index terms."""

    synonyms: dict[Phrase, frozenset[Phrase]]
    antonyms: dict[str, frozenset[str]]

    def phrases_in(self, terms: Phrase) -> tuple[Phrase, ...]:
        """The lexicon's phrases of two to four words that ``terms`` contains, the longest first."""
        return tuple(
            terms[start : start + length]
            for length in (4, 3, 2)
            for start in range(len(terms) - length + 1)
            if terms[start : start + length] in self.synonyms
        )


@cache
def lexicon() -> Lexicon:
    """The lexicon of ``lexicon.toml``, read once."""
    table = tomllib.loads(files("bot.answering.lexicon").joinpath("lexicon.toml").read_text(encoding="utf-8"))
    return Lexicon(synonyms=_synonyms(table["groups"]), antonyms=_antonyms(table["antonyms"]))


def _synonyms(groups: Iterable[Iterable[str]]) -> dict[Phrase, frozenset[Phrase]]:
    found: defaultdict[Phrase, set[Phrase]] = defaultdict(set)
    for group in groups:
        phrases = {index_terms(words) for words in group} - {()}
        for phrase in phrases:
            found[phrase] |= phrases - {phrase}
    return {phrase: frozenset(others) for phrase, others in found.items()}


def _antonyms(pairs: Iterable[Iterable[str]]) -> dict[str, frozenset[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for pair in pairs:
        left, right = (index_terms(word) for word in pair)
        if left and right:
            found[left[0]].add(right[0])
            found[right[0]].add(left[0])
    return {term: frozenset(others) for term, others in found.items()}
