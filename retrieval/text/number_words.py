"""What number words are worth: "4.4 million", "two hundred", "twenty-five"."""

from __future__ import annotations

import re
from decimal import Decimal

from retrieval.text import tables

_LISTS = tables.lists("numbers.txt")
SMALL = {word: value for value, word in enumerate(_LISTS["ones"])}
SMALL |= {word: 10 * value for value, word in enumerate(_LISTS["tens"], 2)}
ORDINALS = {word: value for value, word in enumerate(_LISTS["ordinals"], 1)}
SCALES = {word: int(value) for word, value in tables.values("numbers.txt", "scale").items()}
SHORT_SCALES = {word: int(value) for word, value in tables.values("numbers.txt", "short_scale").items()}
VAGUE = _LISTS["vague"]
_PART = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?|[a-z]+")


def number_words() -> frozenset[str]:
    """The words that a number may start with."""
    return frozenset((*SMALL, *SCALES, *VAGUE, "half"))


def amount_of(words: str) -> str | None:
    """The figure that ``words``, folded, name, as digits; None where they name none."""
    value: Decimal | None = None
    for part in _PART.findall(words):
        scale = SCALES.get(part) or SHORT_SCALES.get(part)
        if part[0].isdigit():
            value = Decimal(part.replace(",", ""))
        elif scale:
            value = (1 if value is None else value) * Decimal(scale)
        elif part in SMALL:
            value = (0 if value is None else value) + Decimal(SMALL[part])
        elif part == "half" and value is None:
            value = Decimal("0.5")
    return None if value is None else _plain(value)


def _plain(value: Decimal) -> str:
    """Digits without an exponent or idle zeros."""
    digits = f"{value:f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits
