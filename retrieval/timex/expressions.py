"""What a date expression means before the calendar is asked: small frozen records, free of any text's date.

A ``DateReading`` ties a meaning to its place in the text. Some meanings (DateModifier, DayPart, Step) count only
together with a neighbour: ``late`` with ``Jan. 4``, ``morning`` with ``Friday``; the parser joins or drops them.
"""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from retrieval.models import MentionKind


class Origin(Enum):
    """From where a relative date is counted."""

    ARTICLE = "the article's day"
    TEXT = "the latest date before it in the text"
    EITHER = "that date, else the article's day"


class Fixed(NamedTuple):
    """A value that the text states in full, or None where nothing can be said of it."""

    value: str | None


class Relative(NamedTuple):
    """So many units before (negative) or after an origin: yesterday, last week, two days later, that day."""

    unit: str
    steps: int
    origin: Origin = Origin.ARTICLE


class Annual(NamedTuple):
    """A part of a year: a day, month, season, quarter or feast; ``form`` has XXXX for the year or names a feast.

    ``month`` orders it in the year for a person; ``which`` is -1 for last, 1 for next, 0 for neither.
    """

    form: str
    month: int
    name: str
    year: int | Relative | None = None
    weekday: int | None = None
    which: int = 0


class Weekday(NamedTuple):
    """A named day of the week (1 = Monday); ``week`` is the week it is said to lie in, if any.

    ``usual`` is the side it lies on where no tense says: before the article, but this Friday is to come. ``from_text``
    counts it from the day that the text named last: the following Monday."""

    number: int
    which: int = 0
    week: Relative | None = None
    usual: int = -1
    from_text: bool = False


class Numeric(NamedTuple):
    """A date in figures whose order of day and month may be open: 06/01/2022; with dots the day mostly comes first."""

    first: int
    second: int
    year: int
    dotted: bool = False


class Clock(NamedTuple):
    """A time of day (``T10:30``, ``TMO``) and, where the words name it, its day."""

    time: str
    day: Meaning | None = None
    zone: str = ""


class DurationExpression(NamedTuple):
    """A duration; ``amount`` is digits, a decimal or X."""

    amount: str
    unit: str
    value: str


class DateModifier(NamedTuple):
    """Words that narrow the date after them: late, early, mid-, the end of."""

    mod: str | None


class DayPart(NamedTuple):
    """A bare morning or evening, dated by a neighbour only."""

    code: str


class Step(NamedTuple):
    """``the day after``, ``two weeks before``: counted from the date that follows it, else only its ``rest`` stays."""

    unit: str
    steps: int
    rest: DateReading | None = None


class Stepped(NamedTuple):
    """A step counted from the date beside it."""

    unit: str
    steps: int
    base: Meaning


Meaning = (
    Fixed | Relative | Annual | Weekday | Numeric | Clock | DurationExpression | DateModifier | DayPart | Step | Stepped
)


class DateReading(NamedTuple):
    """A meaning at its place in the text, code points, end excluded."""

    start: int
    end: int
    kind: MentionKind
    meaning: Meaning
    detail: str | None = None
