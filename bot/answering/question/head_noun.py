"""The head noun of a question: what ``which ferry`` or ``what is the name of her profession`` asks for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from bot.answering.lexicon.noun_classes import classes_by_stem
from bot.answering.lexicon.word_lists import word_list
from retrieval.text.tokens import stem, tokenize

_WRITTEN = (
    (re.compile(r"``|''|[“”]"), '"'),
    (re.compile(r" (?='s\b|n't\b)"), ""),
    (re.compile(r"\b(what|who|where|when|how|which|why)['’]s\b", re.IGNORECASE), r"\1 is"),
    (
        re.compile(r"\b(what|which) (?:is|are|was|were) the names? of (?:the |an? |that )?(?=\w)", re.IGNORECASE),
        r"\1 ",
    ),
)


class _Words(NamedTuple):
    """A question's words, folded; their stems; whether each has a possessive ending."""

    words: tuple[str, ...]
    stems: tuple[str, ...]
    possessive: tuple[bool, ...]


def head_of(text: str) -> str | None:
    """The noun that a question asks for, folded: ``which ferry``, ``name of her profession``; None for who or when."""
    asked = _read(text)
    start = next((place for place, word in enumerate(asked.words) if word in word_list("question_words")), None)
    place = None if start is None else _head_after(asked, start)
    return None if place is None else asked.words[place]


def _read(text: str) -> _Words:
    for pattern, instead in _WRITTEN:
        text = pattern.sub(instead, text)
    tokens = tokenize(text)
    return _Words(
        words=tuple(token.word for token in tokens),
        stems=tuple(stem(token.word) for token in tokens),
        possessive=tuple(text[token.end : token.end + 2] in {"'s", "’s"} for token in tokens),
    )


def _head_after(asked: _Words, start: int) -> int | None:
    """The index of the noun that the question word at ``start`` asks for."""
    if asked.words[start] == "how":
        return start + 2 if start + 2 < len(asked.words) else None
    return None if asked.words[start] in word_list("asks_without_noun") else _noun(asked, start + 1)


def _noun(asked: _Words, place: int) -> int | None:
    """The index of the head noun of the phrase that starts at ``place``, after ``kind of`` and the like."""
    words = asked.words
    first = _after(words, place, word_list("auxiliaries"))
    begin, end = _phrase(words, first)
    if begin == end:
        return None
    if first > place:
        head = end - 1
        return _past_empty_nouns(words, head)
    return _past_empty_nouns(words, _noun_before_verb(asked, begin, end))


def _noun_before_verb(asked: _Words, begin: int, end: int) -> int:
    """The head noun in ``artist painted``, ``film shows``, ``jazz singer``: the first known noun or its compound."""
    classes = classes_by_stem()
    head = next((place for place in range(begin, end) if asked.stems[place] in classes), None)
    if head is None:
        head = begin
        while head + 1 < end and not asked.words[head + 1].endswith(("ed", "s")):
            head += 1
        return head
    while head + 1 < end and asked.stems[head + 1] in classes and not _closes(asked, head):
        head += 1
    return head


def _closes(asked: _Words, place: int) -> bool:
    """Whether the phrase ends at ``place``: a plural or a possessive, or a verb that follows."""
    word, following = asked.words[place], asked.words[place + 1]
    plural = word.endswith("s") and not word.endswith("ss")
    verb = following.endswith("ed") or (following.endswith("s") and not following.endswith("ss"))
    return asked.possessive[place] or plural or (verb and place + 2 < len(asked.words))


def _past_empty_nouns(words: Sequence[str], head: int) -> int:
    for _ in range(2):
        if words[head] not in word_list("empty_nouns") or words[head + 1 : head + 2] != ("of",):
            return head
        begin, end = _phrase(words, head + 2)
        if begin == end:
            return head
        head = end - 1
    return head


def _phrase(words: Sequence[str], place: int) -> tuple[int, int]:
    """Where the content words of a noun phrase begin and end."""
    begin = end = _after(words, place, word_list("determiners"))
    while end < len(words) and words[end] not in _function_words():
        end += 1
    return begin, end


@cache
def _function_words() -> frozenset[str]:
    names = ("question_words", "auxiliaries", "prepositions", "pronouns_and_articles")
    return frozenset[str]().union(*(word_list(name) for name in names))


def _after(words: Sequence[str], place: int, skipped: frozenset[str]) -> int:
    while place < len(words) and words[place] in skipped:
        place += 1
    return place
