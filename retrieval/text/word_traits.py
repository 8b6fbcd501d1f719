"""The words of a sentence with what each may be: a given name, a role, a month, part of an organisation's name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from retrieval.text import tables
from retrieval.text.number_words import number_words
from retrieval.text.tokens import fold

_WORD = re.compile(
    r"[a-z]+(?![\w.'’])"
    r"|(?:[^\W\d_]\.){2,8}"
    r"|\d+(?:[.,]\d+)*(?:[^\W\d_]+)?"
    r"|['’](?:s|S)(?![^\W_])"
    r"|[^\W\d_](?:[^\W_]|[\u0300-\u036f]|['’](?!(?:s|S)(?![^\W_]))(?=[^\W_]))*"
    r"|\S"
)
_ROMAN = re.compile(r"[IVX]+$")
_RATHER_WORDS = frozenset(("may", "sat", "sun"))  # forms of the calendar that are mostly something else
_SHOUTED_SHARE = 0.5  # of the long words; more of them in capitals make a line of capitals
_TITLED_SHARE = 0.6  # of the long words; articles and prepositions of a headline in title case have no capital
_STOPS = frozenset(".!?”\"'’")


class TaggedWord(NamedTuple):
    """A word or punctuation mark with its code-point offsets, its folded form and its traits."""

    text: str
    start: int
    end: int
    folded: str
    traits: frozenset[str]

    def has(self, trait: str) -> bool:
        return trait in self.traits

    @property
    def capital(self) -> bool:
        return "capital" in self.traits


class TaggedSentence(NamedTuple):
    """A sentence as words, with the places of those that have a capital or start a number.

    ``titled``: capitals say nothing here, since nearly every word has one.
    """

    words: tuple[TaggedWord, ...]
    capitals: tuple[int, ...]
    numbers: tuple[int, ...]
    titled: bool


class _Form(NamedTuple):
    """What is known of a surface form: its traits, and what :func:`read_line` counts."""

    folded: str
    traits: frozenset[str]
    long: bool
    lower: bool
    capital: bool
    shouted: bool
    function: bool
    number: bool
    spoken: bool


def tag_sentence(text: str, start: int, end: int) -> TaggedSentence:
    """The words of ``text[start:end]``, one sentence, with offsets into ``text``."""
    words: list[TaggedWord] = []
    capitals: list[int] = []
    numbers: list[int] = []
    long = long_capitals = shouted = raised = lower = spoken = 0
    for match in _WORD.finditer(text, start, end):
        surface = match[0]
        form = _form(surface)
        if form.capital:
            capitals.append(len(words))
            long_capitals += form.long
            shouted += form.shouted
            raised += form.function and bool(words)
        elif not form.number:
            lower += form.lower
            spoken += form.spoken
        if form.number:
            numbers.append(len(words))
        long += form.long
        words.append(TaggedWord(surface, *match.span(), form.folded, form.traits))
    is_sentence = bool(words) and (words[-1].text in _STOPS or spoken > 0) and not raised
    titled = long >= 4 and long_capitals > _TITLED_SHARE * long and not is_sentence
    all_capitals = (long >= 2 and shouted > _SHOUTED_SHARE * long) or (lower == 0 and 2 <= len(capitals) <= shouted + 2)
    is_upper = lower == 0 and len(capitals) > 1 and all(words[place].has("upper") for place in capitals)
    return TaggedSentence(
        tuple(words), tuple(capitals), tuple(numbers), titled or ((all_capitals or is_upper) and shouted > 0)
    )


def folded_phrase(words: Sequence[TaggedWord]) -> str:
    """The folded words, parted by spaces: a key to compare by."""
    return " ".join([word.folded for word in words])


def spelling_of(words: Sequence[TaggedWord]) -> str:
    """The folded words as one would write them: hyphens, full stops and possessives close up."""
    parts: list[str] = []
    for word in words:
        if parts and (word.folded[0] in "-.'," or parts[-1][-1] == "-"):
            parts[-1] += word.folded
        else:
            parts.append(word.folded)
    return " ".join(parts)


def are_adjacent(left: TaggedWord, right: TaggedWord) -> bool:
    """Whether nothing is between two words."""
    return left.end == right.start


@lru_cache(maxsize=200_000)
def _form(surface: str) -> _Form:
    folded = fold(surface) or surface
    traits = _shape_traits(surface) | _table_traits().get(folded.rstrip("."), set())
    if "upper" in traits:
        traits -= {"stop", "function"}
    long = len(surface) >= 4 and surface[0].isalpha()
    return _Form(
        folded,
        frozenset(traits),
        long=long,
        lower=surface[0].islower(),
        capital="capital" in traits,
        shouted=long and "upper" in traits,
        function="function" in traits,
        number="number" in traits or "count" in traits,
        spoken="speech" in traits and surface.islower(),
    )


def _shape_traits(surface: str) -> set[str]:
    shape: set[str] = set()
    letters = surface.replace(".", "").replace("’", "").replace("'", "")
    if not surface[0].isalnum():
        return {"mark"}
    if surface[0].isdigit():
        return {"number"}
    if surface[0].isupper():
        shape.add("capital")
        if len(letters) == 1 or ("." in surface and len(letters) <= 3 and letters.isupper()):
            shape.add("initial")
        if len(letters) > 1 and letters.isupper():
            shape.add("upper")
        if _ROMAN.match(letters):
            shape.add("roman")
    elif any(letter.isupper() for letter in surface[1:3]):
        shape.add("camel")
    return shape


@cache
def _table_traits() -> dict[str, set[str]]:
    traits: dict[str, set[str]] = {}
    for trait, *words in tables.rows("word_traits.txt"):
        for word in words:
            traits.setdefault(word, set()).add(trait)
    for word in tables.words("first_names.txt"):
        traits.setdefault(word, set()).add("given")
    for word in tables.words("function_words.txt"):
        traits.setdefault(word, set()).add("function")
    for word in number_words():
        traits.setdefault(word, set()).add("count")
    for kind in ("month", "weekday"):
        for word in tables.values("calendar.txt", kind):
            if word not in _RATHER_WORDS:
                traits.setdefault(word, set()).add("calendar")
    for word in tables.words("capitals.txt"):
        traits.setdefault(word, set()).add("plain_capitals")
    _add_plurals(traits)
    return traits


def _add_plurals(traits: dict[str, set[str]]) -> None:
    for word, found in list(traits.items()):
        for kind in ("role", "weak_role", "trade", "place_noun"):
            if kind in found and not word.endswith("s"):
                traits.setdefault(_plural(word), set()).update({kind, "plural"})


def _plural(word: str) -> str:
    if word.endswith("man"):
        return word[:-3] + "men"
    if word.endswith("y") and word[-2] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("ss", "ch", "sh", "x")) else "s")
