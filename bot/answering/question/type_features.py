"""What a question's type is guessed from: its words, its first words, the noun it asks for and that noun's class."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from bot.answering.lexicon.noun_classes import _classes
from retrieval.text.tokens import stem, tokenize

_ASKING = frozenset({"what", "which", "who", "whom", "whose", "when", "where", "why", "how", "name"})
_WITHOUT_NOUN = frozenset({"who", "whom", "when", "where", "why"})
_AUXILIARIES = frozenset(
    (
        *("is", "are", "was", "were", "be", "been", "being", "am", "do", "does", "did", "has", "have", "had"),
        *("can", "could", "will", "would", "should", "may", "might", "must"),
    )
)
_DETERMINERS = frozenset(
    (
        *("the", "a", "an", "this", "these", "those", "his", "her", "its", "their", "your", "my", "our"),
        *("some", "all", "other", "two", "three", "four", "five", "of"),
    )
)
_PREPOSITIONS = frozenset(
    (
        *("of", "in", "on", "at", "by", "for", "with", "to", "from", "into", "onto", "upon", "as", "than", "under"),
        *("over", "through", "between", "among", "during", "after", "before", "about", "against", "within"),
        *("without", "near"),
    )
)
_OTHER_FUNCTION = frozenset(
    (
        *("the", "a", "an", "this", "that", "these", "those", "i", "you", "he", "she", "it", "we", "they", "one"),
        *("my", "your", "his", "her", "its", "our", "their", "there", "not", "if", "and", "or"),
    )
)
_FUNCTION = _ASKING | _AUXILIARIES | _PREPOSITIONS | _OTHER_FUNCTION
_EMPTY_NOUNS = frozenset(("name", "names", "kind", "kinds", "type", "types", "sort", "part", "one", "title", "term"))
_WRITTEN = (
    (re.compile(r"``|''|[“”]"), '"'),
    (re.compile(r" (?='s\b|n't\b)"), ""),
    (re.compile(r"\b(what|who|where|when|how|which|why)['’]s\b", re.IGNORECASE), r"\1 is"),
    (
        re.compile(r"\b(what|which) (?:is|are|was|were) the names? of (?:the |an? |that )?(?=\w)", re.IGNORECASE),
        r"\1 ",
    ),
)
_QUOTED = re.compile(r"\"|['‘`]\w[^'’]+['’]")
_ACRONYM = re.compile(r"[A-Z][A-Z.]+")
_LAST = "$"


class Asked(NamedTuple):
    """A question's words, folded; their stems; whether each stands with a capital, as an acronym, as a possessive."""

    words: tuple[str, ...]
    stems: tuple[str, ...]
    capital: tuple[bool, ...]
    acronym: tuple[bool, ...]
    possessive: tuple[bool, ...]
    quoted: bool


def features(text: str) -> frozenset[str]:
    """The features of a question that it has; each is named ``what: words``."""
    asked = _read(text)
    if not asked.words:
        return frozenset()
    return frozenset((*_of_words(asked), *_of_head(asked), *_of_classes(asked), *_of_shape(asked)))


def head_of(text: str) -> str | None:
    """The noun that a question asks for, folded: ``which ferry``, ``name of her profession``; None for who or when."""
    asked = _read(text)
    _, place = _asking(asked)
    return None if place is None else asked.words[place]


def _read(text: str) -> Asked:
    for pattern, instead in _WRITTEN:
        text = pattern.sub(instead, text)
    tokens = tokenize(text)
    return Asked(
        words=tuple(token.word for token in tokens),
        stems=tuple(stem(token.word) for token in tokens),
        capital=tuple(index > 0 and text[token.start].isupper() for index, token in enumerate(tokens)),
        acronym=tuple(_ACRONYM.fullmatch(text, token.start, token.end) is not None for token in tokens),
        possessive=tuple(text[token.end : token.end + 2] in {"'s", "’s"} for token in tokens),
        quoted=_QUOTED.search(text) is not None,
    )


def _of_words(asked: Asked) -> Iterator[str]:
    yield from (f"word: {word}" for word in asked.stems)
    bounded = ("^", *asked.words, _LAST)
    yield from (f"pair: {first} {second}" for first, second in pairwise(bounded))
    yield from (f"first: {' '.join(asked.words[:count])}" for count in (2, 3, 4))
    yield f"last: {asked.stems[-1]}"


def _of_head(asked: Asked) -> Iterator[str]:
    asking, place = _asking(asked)
    yield f"asks: {asking}"
    if place is None:
        yield f"asks alone: {asking}"
        return
    head = asked.stems[place]
    yield f"head: {head}"
    yield f"asks head: {asking} {head}"
    for name in _classes().get(head, ("-",)):
        yield f"head class: {name}"
        yield f"asks class: {asking} {name}"
    if asked.capital[place]:
        yield "head is a name"
    if place + 1 < len(asked.words):
        yield f"after head: {asked.words[place + 1]}"


def _of_classes(asked: Asked) -> Iterator[str]:
    classes = _classes()
    yield from (f"class: {name}" for word in asked.stems for name in classes.get(word, ()))
    yield from (f"early class: {name}" for word in asked.stems[1:5] for name in classes.get(word, ()))


def _of_shape(asked: Asked) -> Iterator[str]:
    yield f"names: {min(sum(asked.capital), 3)}"
    if asked.quoted:
        yield "quotation marks"
    if any(word.isdigit() for word in asked.words):
        yield "number"
    if any(asked.acronym):
        yield "acronym"
    shape = _shape(asked)
    yield from (f"shape: {' '.join(shape[:length])}" for length in (4, 5, 7))


def _shape(asked: Asked) -> list[str]:
    """The function words, with X for each run of names and x for each run of other words."""
    shape: list[str] = []
    for word, capital in zip(asked.words, asked.capital, strict=True):
        sign = "X" if capital else word if word in _FUNCTION else "x"
        if sign not in {"X", "x"} or shape[-1:] != [sign]:
            shape.append(sign)
    return shape


def _asking(asked: Asked) -> tuple[str, int | None]:
    """The word or two that ask, and the place of the noun asked for."""
    words = asked.words
    start = next((place for place, word in enumerate(words) if word in _ASKING), None)
    if start is None:
        return "", None
    if words[start] == "how":
        return " ".join(words[start : start + 2]), start + 2 if start + 2 < len(words) else None
    if words[start] in _WITHOUT_NOUN:
        return words[start], None
    return words[start], _noun(asked, start + 1)


def _noun(asked: Asked, place: int) -> int | None:
    """The place of the head noun of the phrase that starts at ``place``; past ``kind of`` and its like."""
    words = asked.words
    first = _after(words, place, _AUXILIARIES)
    begin, end = _phrase(words, first)
    if begin == end:
        return None
    if first > place:
        head = end - 1
        return _past_empty_nouns(words, head)
    return _past_empty_nouns(words, _noun_before_verb(asked, begin, end))


def _noun_before_verb(asked: Asked, begin: int, end: int) -> int:
    """The head noun in ``artist painted``, ``film shows``, ``jazz singer``: the first known noun or its compound."""
    classes = _classes()
    head = next((place for place in range(begin, end) if asked.stems[place] in classes), None)
    if head is None:
        head = begin
        while head + 1 < end and not asked.words[head + 1].endswith(("ed", "s")):
            head += 1
        return head
    while head + 1 < end and asked.stems[head + 1] in classes and not _closes(asked, head):
        head += 1
    return head


def _closes(asked: Asked, place: int) -> bool:
    """Whether the phrase ends at ``place``: a plural or a possessive, or a verb that follows."""
    word, following = asked.words[place], asked.words[place + 1]
    plural = word.endswith("s") and not word.endswith("ss")
    verb = following.endswith("ed") or (following.endswith("s") and not following.endswith("ss"))
    return asked.possessive[place] or plural or (verb and place + 2 < len(asked.words))


def _past_empty_nouns(words: Sequence[str], head: int) -> int:
    for _ in range(2):
        if words[head] not in _EMPTY_NOUNS or words[head + 1 : head + 2] != ("of",):
            return head
        begin, end = _phrase(words, head + 2)
        if begin == end:
            return head
        head = end - 1
    return head


def _phrase(words: Sequence[str], place: int) -> tuple[int, int]:
    """Where the content words of a noun phrase begin and end."""
    begin = end = _after(words, place, _DETERMINERS)
    while end < len(words) and words[end] not in _FUNCTION:
        end += 1
    return begin, end


def _after(words: Sequence[str], place: int, skipped: frozenset[str]) -> int:
    while place < len(words) and words[place] in skipped:
        place += 1
    return place
