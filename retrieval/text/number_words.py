"""What number words are worth: "4.4 million", "two hundred", "twenty-five"."""

from __future__ import annotations

import re
from decimal import Decimal

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
SMALL = {word: value for value, word in enumerate(_ONES.split())}
SMALL.update({word: 10 * value for value, word in enumerate(_TENS.split(), 2)})
SCALES = {"dozen": 12, "hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12,
          "lakh": 10**5, "crore": 10**7, "mln": 10**6, "bln": 10**9}  # fmt: skip
SHORT_SCALES = {"k": 10**3, "m": 10**6, "mn": 10**6, "b": 10**9, "bn": 10**9, "tn": 10**12, "cr": 10**7}
VAGUE = ("dozens", "scores", "hundreds", "thousands", "millions", "billions", "trillions")
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
