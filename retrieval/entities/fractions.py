"""Parts of a whole in words: "two-thirds", "a quarter of the voters", "half of its members"."""

from __future__ import annotations

import re
from typing import NamedTuple

from retrieval.text.number_words import PARTS, amount_of
from retrieval.text.word_traits import TaggedWord

_BELOW = "|".join(sorted(PARTS, key=len, reverse=True))
_FRACTION = re.compile(
    r"(?:(?P<above>an?|one|two|three|four|five|six|seven|eight|nine|\d)(?P<joint>[-\s])"
    rf"(?P<below>{_BELOW})|(?P<half>half))\b(?!-)",
    re.IGNORECASE,
)
_OF_A_WHOLE = re.compile(r"\sof\s(?!an?\s(?:century|hour|day|year|decade|minute|second)\b|(?:it|them|us|that|which)\b)")
_OF_THE_WHOLE = re.compile(r"\sof\s(?:(?:the|all|its|their|his|her|our|those|these)\s|[a-z]+[^\Ws]s\b)")
_COMPARED = re.compile(r"(?i:\b(?:by|than|about|nearly|almost|roughly|over|around|to|least|some))\s$")
_CLAUSE_END = re.compile(r"\s?(?:[.,;:)!?]|$)")
_NAMED_HALF = re.compile(
    r"(?i:\b(?:the|this|that|each|either|first|second|last|latter|other|top|bottom|upper|lower|back|front|final|opening|better"
    r"|\w+ern|his|her|their|its|my|your|our))\s$"
)
_FURTHEST_BEFORE = 10


class Fraction(NamedTuple):
    """Where a fraction stands in a text, its value as "2/3", and whether "of" names the whole behind it."""

    start: int
    end: int
    value: str
    of_a_whole: bool


def find_fraction(text: str, word: TaggedWord) -> Fraction | None:
    """The fraction that starts at ``word``, or one word before it with "a".

    What is no fraction by itself ("a third man", "three quarters of growth") needs its whole behind it, or a comparison
    before and the end of a clause behind."""
    start = word.start - _article_before(text, word) if word.folded in PARTS else word.start
    match = _FRACTION.match(text, start)
    if match is None or not _is_a_part(text, match):
        return None
    value = "1/2" if match["half"] else f"{_numerator(match['above'])}/{PARTS[match['below'].lower()]}"
    return Fraction(*match.span(), value, _OF_A_WHOLE.match(text, match.end()) is not None)


def _article_before(text: str, word: TaggedWord) -> int:
    """The length of "a " before a word such as "third", or 0."""
    article = re.search(r"(?<![^\W_])an?\s$", text[max(0, word.start - 4) : word.start], re.IGNORECASE)
    return len(article[0]) if article else 0


def _is_a_part(text: str, match: re.Match[str]) -> bool:
    of_the_whole = _OF_THE_WHOLE.match(text, match.end()) is not None
    before = text[max(0, match.start() - _FURTHEST_BEFORE) : match.start()]
    if match["half"]:
        return of_the_whole and _NAMED_HALF.search(before) is None
    several = match["above"].lower() not in {"a", "an", "one", "1"}
    below = match["below"].lower()
    if several != below.endswith("s"):
        return False
    if below.startswith("quarter") and match["above"].lower() not in {"a", "an"}:
        return of_the_whole
    if match["joint"] == "-" or several:
        return True
    compared = _COMPARED.search(before) is not None and _CLAUSE_END.match(text, match.end()) is not None
    return compared or _OF_A_WHOLE.match(text, match.end()) is not None


def _numerator(words: str) -> str:
    return "1" if words.lower() in {"a", "an"} else amount_of(words.lower()) or words
