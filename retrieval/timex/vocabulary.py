"""The words dates are made of: months, weekdays, seasons, units, numbers, and the patterns that read them.

Patterns are written for text that ``plain_text`` has made: lower case, straight quotes and hyphens, plain spaces, and
as long as the original, so that offsets hold in both.
"""

from __future__ import annotations

import re

from retrieval.text import tables
from retrieval.text.number_words import ORDINALS as ONE_WORD_ORDINALS
from retrieval.text.number_words import SCALES, SMALL
from retrieval.text.tables import any_of


def words_of(words: str) -> tuple[str, ...]:
    """The words of a line."""
    return tuple(words.split())


def _short_forms(kind: str) -> dict[str, int]:
    """The short forms of months or weekdays; May is its own."""
    rows = [row for row in tables.rows("calendar.txt") if row[0] == kind]
    return {form: int(value) for _, value, *forms in rows for form in forms[1:] or forms}


def _full_forms(kind: str) -> dict[str, int]:
    return {word: int(value) for first, value, word, *_ in tables.rows("calendar.txt") if first == kind}


MONTHS, SHORT_MONTHS = _full_forms("month"), _short_forms("month")
WEEKDAYS, SHORT_WEEKDAYS = _full_forms("weekday"), _short_forms("weekday")
MONTH_NAMES = tuple(name.capitalize() for name in MONTHS)
WEEKDAY_NAMES = tuple(name.capitalize() for name in WEEKDAYS)
SEASONS = tables.values("calendar.txt", "season")
DAY_PARTS = tables.values("calendar.txt", "day_part")

STEPS = dict.fromkeys(tables.lists("date_words.txt")["step_back"], -1)
STEPS |= dict.fromkeys(tables.lists("date_words.txt")["step_on"], 1)
"""The side of a date that "the previous day", "the next day" lie on."""

CARDINALS = SMALL | {"dozen": SCALES["dozen"]}
_SCALES = {word: SCALES[word] for word in ("hundred", "thousand", "million")}
ORDINALS = (
    ONE_WORD_ORDINALS
    | {f"twenty-{word}": 20 + number for word, number in ONE_WORD_ORDINALS.items() if number < 10}
    | {"thirtieth": 30, "thirty-first": 31, "final": 4}
)

SOME = "X"
"""The TIMEX3 sign for a count that the text leaves open ("several years" is PXY)."""

_UNIT_ROWS = [row[1:] for row in tables.rows("calendar.txt") if row[0] == "unit"]
UNITS = {unit: (head, letter, int(factor)) for unit, head, letter, factor, *_ in _UNIT_ROWS}
"""Unit -> the head, letter and factor of its TIMEX3 duration."""

_PLURALS = {plural: unit for unit, _, _, _, *plurals in _UNIT_ROWS for plural in plurals}
_QUOTES = (0x2018, 0x2019, 0x201B, 0x02BC)
_DOUBLE_QUOTES = (0x201C, 0x201D, 0x201E, 0x201F, 0x00AB, 0x00BB)
_HYPHENS = (0x2010, 0x2011, 0x2012, 0x2013, 0x2212)
_SPACES = (0x09, 0x0B, 0x0C, 0x0D, 0xA0, 0x2007, 0x2009, 0x200A, 0x202F, 0x3000)
_PLAIN = dict.fromkeys(_QUOTES, "'") | dict.fromkeys(_DOUBLE_QUOTES, '"')
_PLAIN |= dict.fromkeys(_HYPHENS, "-") | dict.fromkeys(_SPACES, " ")


GAP = r"(?: +|\n)"
"""What separates the words of an expression; the rules of the grammar write it as an underscore."""
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


def plain_text(text: str) -> str:
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
