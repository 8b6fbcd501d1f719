"""Dates as text: calendar dates, next to the words of the source where they had to be worked out."""

from __future__ import annotations

import re
from datetime import date

from retrieval.models import Mention, MentionKind

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def day_in_words(day: date) -> str:
    """``4 January 2022``, the same in every locale."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def calendar_words(value: str) -> str | None:
    """A TIMEX3 date value in words: a day, a week, a month or a year; None for other values."""
    if match := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", value):
        return day_in_words(date(int(match[1]), int(match[2]), int(match[3])))
    if match := re.fullmatch(r"(\d{4})-W(\d\d)", value):
        return f"the week of {day_in_words(date.fromisocalendar(int(match[1]), int(match[2]), 1))}"
    if match := re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", value):
        return f"{_MONTHS[int(match[2]) - 1]} {match[1]}"
    return value if re.fullmatch(r"\d{4}", value) else None


def shown_date(mention: Mention, words: str, part: str | None = None) -> tuple[str, str | None]:
    """A date's text and how it was worked out: the source's own words where they are a full date, else a calendar date.

    ``part`` is ``year`` or ``month`` where only that is asked for.
    """
    calendar = calendar_words(mention.value or "") if mention.kind is MentionKind.DATE else None
    if mention.how is None or calendar is None:
        return words, None
    return _part_in_words(mention.value or "", part) or calendar, f"\u201c{words}\u201d, {mention.how}"


def _part_in_words(value: str, part: str | None) -> str | None:
    """The year, or the month with its year, of a calendar value; None where the whole is wanted."""
    if part == "year":
        return value[:4]
    return calendar_words(value[:7]) if part == "month" else None
