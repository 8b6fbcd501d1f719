"""The words dates are made of: months, weekdays, seasons, units, numbers, and the patterns that read them.

Patterns are written for text that ``plain`` has made: lower case, straight quotes and hyphens, plain spaces, and
as long as the original, so that offsets hold in both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable


def listed(words: str) -> tuple[str, ...]:
    """The words of a line."""
    return tuple(words.split())


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first."""
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) + ")"


MONTH_NAMES = listed("January February March April May June July August September October November December")
WEEKDAY_NAMES = listed("Monday Tuesday Wednesday Thursday Friday Saturday Sunday")
MONTHS = {name.lower(): number for number, name in enumerate(MONTH_NAMES, 1)}
SHORT_MONTHS = {name[:3]: number for name, number in MONTHS.items()} | {"sept": 9}
WEEKDAYS = {name.lower(): number for number, name in enumerate(WEEKDAY_NAMES, 1)}
SHORT_WEEKDAYS = {name[:3]: number for name, number in WEEKDAYS.items()} | {
    "tues": 2,
    "wednes": 3,
    "thur": 4,
    "thurs": 4,
}
SEASONS = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
DAY_PARTS = {"morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI"}

_ONES = listed(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
_TENS = listed("twenty thirty forty fifty sixty seventy eighty ninety")
CARDINALS = (
    {word: number for number, word in enumerate(_ONES)}
    | {word: 10 * number for number, word in enumerate(_TENS, 2)}
    | {"dozen": 12}
)
_SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
_ORDINAL_ONES = listed(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
ORDINALS = (
    {word: number for number, word in enumerate(_ORDINAL_ONES, 1)}
    | {f"twenty-{word}": 20 + number for number, word in enumerate(_ORDINAL_ONES[:9], 1)}
    | {"thirtieth": 30, "thirty-first": 31, "final": 4}
)

SOME = "X"
"""The TIMEX3 sign for a count that the text leaves open ("several years" is PXY)."""

UNITS = {
    "second": ("PT", "S", 1),
    "minute": ("PT", "M", 1),
    "hour": ("PT", "H", 1),
    "day": ("P", "D", 1),
    "night": ("P", "N", 1),
    "week": ("P", "W", 1),
    "fortnight": ("P", "W", 2),
    "weekend": ("P", "WE", 1),
    "month": ("P", "M", 1),
    "quarter": ("P", "M", 3),
    "year": ("P", "Y", 1),
    "decade": ("P", "Y", 10),
    "century": ("P", "Y", 100),
    "millennium": ("P", "Y", 1000),
}
"""Unit -> the head, letter and factor of its TIMEX3 duration."""

_PLURALS = {"centuries": "century", "millennia": "millennium", "millenniums": "millennium"}
_QUOTES = (0x2018, 0x2019, 0x201B, 0x02BC)
_DOUBLE_QUOTES = (0x201C, 0x201D, 0x201E, 0x201F, 0x00AB, 0x00BB)
_HYPHENS = (0x2010, 0x2011, 0x2012, 0x2013, 0x2212)
_SPACES = (0x09, 0x0B, 0x0C, 0x0D, 0xA0, 0x2007, 0x2009, 0x200A, 0x202F, 0x3000)
_PLAIN = dict.fromkeys(_QUOTES, "'") | dict.fromkeys(_DOUBLE_QUOTES, '"')
_PLAIN |= dict.fromkeys(_HYPHENS, "-") | dict.fromkeys(_SPACES, " ")


GAP = r"(?: +|\n)"
"""What stands between the words of an expression; the rules of the grammar write it as an underscore."""
MONTH = rf"(?:{any_of(MONTHS)}\b|{any_of(SHORT_MONTHS)}\b\.?)"
WEEKDAY = rf"{any_of(WEEKDAYS)}\b"
SEASON = rf"{any_of(SEASONS)}\b"
DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?\b(?![%:]|,\d{3}\b|\.\d|-\d{3})"
YEAR = r"(?:1\d{3}|20\d\d)\b(?![%:]|[,.]\d|-\d)"
UNIT = rf"(?:{any_of(_PLURALS)}|{any_of(UNITS)}s?)\b"
_CARDINAL = any_of([*CARDINALS, *_SCALES])
NUMBER = (
    rf"(?:\d{{1,3}}(?:,\d{{3}}){{1,3}}\b|\d{{1,9}}(?:\.\d{{1,9}})?(?![\d,])|"
    rf"(?:an?{GAP}(?:hundred|thousand|million|dozen)|half{GAP}a{GAP}dozen|{_CARDINAL})\b"
    rf"(?:(?:[ -]|\n)(?:and )?{_CARDINAL}\b){{0,6}})"
)
_OPEN_COUNT = (
    r"(?:an? (?:few|couple|number|handful|great many|good many)(?: of)?|(?:several|many|few)|"
    r"(?:tens|dozens|scores|hundreds|thousands|millions)(?: of)?)"
)
QUANTITY = rf"(?:{_OPEN_COUNT}\b|{NUMBER}|an?\b)"
ORDINAL = rf"(?:\d{{1,2}}(?:st|nd|rd|th)\b|{any_of(ORDINALS)}\b)"


def plain(text: str) -> str:
    """The text in lower case with plain quotes, hyphens, spaces and digits, code point for code point as long."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)
    return re.sub(r"(?![0-9])\d", lambda digit: str(int(digit[0])), lower.translate(_PLAIN))


def month_of(word: str) -> int:
    """1 to 12 for a month's name or short form, with or without its dot."""
    word = word.rstrip(".")
    return MONTHS.get(word) or SHORT_MONTHS[word]


def unit_of(word: str) -> str:
    """The singular of a unit's name."""
    return _PLURALS.get(word) or (word if word in UNITS else word.removesuffix("s"))


def ordinal_of(word: str) -> int:
    """The number of an ordinal in words or figures."""
    return ORDINALS.get(word) or int(re.sub(r"\D", "", word))


def quantity_of(words: str) -> str:
    """A count as TIMEX3 writes it: digits, a decimal, or X where the text leaves it open."""
    words = words.strip().replace(",", "")
    if words in ("a", "an"):
        return "1"
    if re.fullmatch(r"\d+(?:\.\d+)?", words):
        return words
    if words in ("a couple", "a couple of"):
        return "2"
    if words == "half a dozen":
        return "6"
    if re.fullmatch(_OPEN_COUNT, words):
        return SOME
    return str(_spelled(words))


def _spelled(words: str) -> int:
    total, group = 0, 0
    for word in re.findall(r"[a-z]+", words):
        if word == "dozen":
            group = max(group, 1) * 12
        elif word == "hundred":
            group = max(group, 1) * 100
        elif word in _SCALES:
            total, group = total + max(group, 1) * _SCALES[word], 0
        else:
            group += CARDINALS.get(word, 0)
    return total + group


def with_half(count: str) -> str:
    """A count and a half."""
    return count if count == SOME else f"{float(count) + 0.5:g}"


def duration_value(count: str, unit: str) -> str:
    """The TIMEX3 duration of so many units: ``P2W``, ``PT30M``, ``P10Y`` for a decade, ``PXY`` for several years."""
    head, letter, factor = UNITS[unit]
    return f"{head}{count if count == SOME else _times(count, factor)}{letter}"


def _times(count: str, factor: int) -> str:
    return str(int(count) * factor) if count.isdecimal() else f"{float(count) * factor:g}"
