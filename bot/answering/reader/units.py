"""Which unit a number must have to be what a question counts or measures.

It changes few answers on the question sets; it is kept so that a height is never given in euros, nor days in hours.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from retrieval.models import Mention, MentionKind, Token
from retrieval.text.tokens import index_terms, stem

_PEOPLE = (
    "person people man woman child member soldier worker student victim sailor passenger civilian resident officer"
)


_DURATION_CODES = {
    "year": r"\dY", "month": r"^[^T]*\dM", "week": r"\dW", "day": r"\dD", "hour": r"\dH", "minute": r"T.*\dM",
    "second": r"\dS",
}  # fmt: skip
_MEASURES = {
    "far": "length", "tall": "length", "high": "length", "long": "length", "deep": "length", "wide": "length",
    "close": "length", "heavy": "weight", "fast": "speed", "hot": "heat", "cold": "heat",
}  # fmt: skip
_MEASURES_ASKED = re.compile(rf"\bhow ({'|'.join(_MEASURES)})\b", re.IGNORECASE)
_UNITS = {
    "length": frozenset(
        ("kilometre", "kilometer", "metre", "meter", "centimetre", "centimeter", "millimetre", "millimeter", "mile",
         "foot", "feet", "inch", "yard", "km", "cm", "mm", "ft", "storey", "story", "floor", "block")
    ),
    "weight": frozenset(
        ("kilogram", "gram", "milligram", "kilo", "tonne", "ton", "ounce", "kg", "lb", "pound")
    ),
    "speed": frozenset(("km/h", "kph", "mph", "knot", "kilometre", "kilometer", "mile", "metre", "meter")),
    "heat": frozenset(("degree", "°c", "°f", "°")),
}  # fmt: skip


def lasts_in(head: str, mention: Mention) -> bool:
    """Whether a duration is given in the unit that is asked for: "how many days" by "63 days", not by hours."""
    unit = _DURATION_CODES.get(head.removesuffix("s"))
    return unit is None or not (mention.value or "").startswith("P") or re.search(unit, mention.value or "") is not None


def measures_asked(text: str) -> frozenset[str]:
    """The units that could measure what ``how far`` or ``how heavy`` asks for; none where any may."""
    found = _MEASURES_ASKED.search(text)
    return _UNITS[_MEASURES[found[1].casefold()]] if found else frozenset()


def measured_in(units: frozenset[str], mention: Mention) -> bool:
    """Whether a number has one of these units."""
    return mention.kind is MentionKind.NUMBER and not units.isdisjoint((mention.value or "").split()[1:])


def counts(head: str, mention: Mention, tokens: Sequence[Token], inside: Sequence[int]) -> bool:
    """Whether a number counts what the question asks for: the noun is its unit or stands just behind it."""
    wanted = stem(head)
    unit = (mention.value or "").partition(" ")[2]
    behind = _behind(tokens, inside)
    nouns = {stem(word) for word in unit.split()} | behind
    return wanted in nouns or (wanted in _people() and not nouns.isdisjoint(_people()))


def _behind(tokens: Sequence[Token], inside: Sequence[int]) -> set[str]:
    """The terms just behind a number, further where it is a part: "11 of the 12 member states"."""
    if not inside:
        return set()
    start = inside[-1] + 1
    reach = 6 if tokens[start : start + 1] and tokens[start].word == "of" else 3
    return {token.term for token in tokens[start : start + reach]}


@cache
def _people() -> frozenset[str]:
    """Terms of nouns that count people."""
    return frozenset(index_terms(_PEOPLE))
