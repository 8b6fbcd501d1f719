"""Metadata filters typed into a question, ``source:`` ``after:`` ``before:`` ``on:``: which articles may answer it."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from bot.answering.models import Finder
from bot.answering.question.outlets import plain_name
from retrieval.models import DateRange, Finding, Query, Record

_FILTER: Final = re.compile(
    r"""(?<!\S)(?P<name>source|outlet|after|since|before|until|on):\s?(?:["“”](?P<quoted>[^"“”]+)["“”]|(?P<word>[^\s,;?!]+))""",
    re.IGNORECASE,
)
_DAY: Final = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


class FilteredQuestion(Record):
    """A question without its filters, and the articles that may answer it: their outlets and days of publication."""

    text: str
    outlets: tuple[str, ...] = ()
    published: DateRange | None = None

    def query(self, query: Query) -> Query:
        """A query for nothing but these articles."""
        outlets = {"outlets": self.outlets, "only_outlets": True} if self.outlets else {}
        published = {"published": self.published} if self.published else {}
        return query.model_copy(update=outlets | published)

    def finder(self, find: Finder) -> Finder:
        """A search through nothing but these articles."""

        def narrowly(query: Query) -> Finding:
            return find(self.query(query))

        return narrowly if self.outlets or self.published else find


def has_filters(text: str) -> bool:
    """Whether a text may have filters, whatever the corpus is."""
    return _FILTER.search(text) is not None


def apply_filters(text: str, outlets: Sequence[str]) -> FilteredQuestion:
    """Reads the filters in a text; ``outlets`` are those of the corpus.

    ``after:`` and ``since:`` take a day, month or year (ISO 8601) from its first day on, ``before:`` what is earlier,
    ``until:`` up to its last day. A filter that cannot be read stays in the text; an outlet that the corpus does not
    have is written into the question, so that the reply says that it is missing.
    """
    named: list[str] = []
    periods: list[DateRange] = []
    unknown: list[str] = []

    def take(found: re.Match[str]) -> str:
        name, value = found["name"].casefold(), (found["quoted"] or found["word"]).strip()
        if name in {"source", "outlet"}:
            known = _outlets(value, outlets)
            named.extend(known)
            unknown.extend([] if known else [value])
        elif window := _window(name, value):
            periods.append(window)
        else:
            return found[0]
        return " "

    left = _FILTER.sub(take, text)
    if not (named or periods or unknown):
        return FilteredQuestion(text=text)
    asked = " ".join((*left.split(), *(f"according to “{_capital(each)}”" for each in unknown)))
    return FilteredQuestion(text=asked, outlets=tuple(dict.fromkeys(named)), published=_common(periods))


def _outlets(name: str, outlets: Sequence[str]) -> tuple[str, ...]:
    """The outlets of the corpus of this name, else those whose names begin with it."""
    plain = plain_name(name)
    same = tuple(outlet for outlet in outlets if plain_name(outlet) == plain)
    return same or tuple(outlet for outlet in outlets if f"{plain_name(outlet)} ".startswith(f"{plain} "))


def _window(name: str, value: str) -> DateRange | None:
    """The days that a filter lets through, or None where its value is no day, month or year."""
    if (found := _DAY.fullmatch(value)) is None:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        first = date(year or 0, month or 1, day or 1)
        last_month = month or 12
        last = date(first.year, last_month, day or monthrange(first.year, last_month)[1])
    except ValueError:
        return None
    windows = {
        "before": DateRange(last=first - timedelta(days=1)) if first > date.min else None,
        "until": DateRange(last=last),
        "on": DateRange(first=first, last=last),
    }
    return windows.get(name, DateRange(first=first))


def _common(periods: Sequence[DateRange]) -> DateRange | None:
    """The days that all periods share; a range without articles where they share none."""
    if not periods:
        return None
    firsts = [period.first for period in periods if period.first]
    lasts = [period.last for period in periods if period.last]
    first, last = max(firsts, default=None), min(lasts, default=None)
    if first and last and last < first:
        return DateRange(first=date.max, last=date.max)
    return DateRange(first=first, last=last)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
