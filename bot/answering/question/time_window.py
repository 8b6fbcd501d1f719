"""Time windows: the days that a question asks about ("last week", "since January 5") and how they were counted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta

from bot.answering.dates import day_in_words
from bot.answering.models import TimeWindow
from retrieval.models import Analysis, CorpusProfile, DateRange, Mention, MentionKind, Record
from retrieval.timex.values import days_of, in_year, shift_day

DateFinder = Callable[[str, date], Sequence[Mention]]
"""Finds the dates of a text that is written on a day."""

_STALE = timedelta(days=31)
"""After a month without articles "last week" is counted from the newest article; chosen by hand."""
_PAST = re.compile(r"\b(?:last|past|previous|recent)\b", re.IGNORECASE)
_FUTURE = re.compile(r"\b(?:next|coming|following|upcoming)\b", re.IGNORECASE)
_AFTER = re.compile(r"\b(?:after|since|later than|following|from)\s+(?:the\s+)?$", re.IGNORECASE)
_BEFORE = re.compile(r"\b(?:before|until|till|up to|prior to|earlier than)\s+(?:the\s+)?$", re.IGNORECASE)
_SINCE = re.compile(r"\b(?:since|from)\s+(?:the\s+)?$", re.IGNORECASE)
_UNTIL = re.compile(r"\b(?:until|till|up to)\s+(?:the\s+)?$", re.IGNORECASE)
_LENGTH = re.compile(r"P(\d+)([DWMY])")
_UNITS = {"D": "day", "W": "week", "M": "month", "Y": "year"}


class _DatedWords(Record):
    """The days of one date expression, and whether they were counted from the reference day."""

    mention: Mention
    window: DateRange
    counted: bool = False


def reference_day(profile: CorpusProfile, today: date | None) -> date | None:
    """The day from which "last week" is counted: today, or the newest article's day where that is a month ago."""
    if today is None or profile.last is None:
        return profile.last or today
    return today if today <= profile.last + _STALE else profile.last


def asked_days(
    analysis: Analysis, profile: CorpusProfile, today: date | None, find_dates: DateFinder | None = None
) -> TimeWindow | None:
    """The days that a question names, as one window; None where it names none that can be placed on the calendar."""
    reference = reference_day(profile, today)
    meant = [found for mention in _placed(analysis, reference, find_dates) if (found := _dated(mention, profile))]
    if not meant:
        return _counted_length(analysis, reference, profile, today)
    window = _joined(analysis.text, meant)
    if not any(each.counted for each in meant):
        return TimeWindow(window=window)
    words = " … ".join(analysis.text[m.mention.span.start : m.mention.span.end] for m in meant)
    return TimeWindow(window=window, words=words, how=_explanation(reference, profile, today))


def _placed(analysis: Analysis, reference: date | None, find_dates: DateFinder | None) -> Iterable[Mention]:
    """The date expressions; relative ones such as "yesterday" are counted from the reference day."""
    from_there = {m.span: m for m in find_dates(analysis.text, reference)} if find_dates and reference else {}
    for mention in analysis.mentions:
        if mention.kind is not MentionKind.DATE:
            continue
        depends = mention.value is None or mention.value.startswith("XXXX-WXX") or not re.match(r"[\dX]", mention.value)
        yield from_there.get(mention.span, mention).model_copy(update={"detail": "counted"}) if depends else mention


def _dated(mention: Mention, profile: CorpusProfile) -> _DatedWords | None:
    value = mention.value or ""
    annual = value.startswith("XXXX-") and "WXX" not in value
    window = _nearest_year(value, profile) if annual else days_of(value)
    return None if window is None else _DatedWords(mention=mention, window=window, counted=mention.detail == "counted")


def _nearest_year(value: str, profile: CorpusProfile) -> DateRange | None:
    """A date without a year in the year nearest to what the articles cover, the latest of several."""
    if profile.first is None or profile.last is None:
        return None
    years = range(profile.last.year + 1, profile.first.year - 2, -1)
    windows = [days for year in years if (named := in_year(value, year)) and (days := days_of(named))]
    return min(windows, key=lambda window: _distance(window, profile), default=None)


def _distance(window: DateRange, profile: CorpusProfile) -> int:
    if window.first is None or window.last is None or profile.first is None or profile.last is None:
        return 0
    return max((profile.first - window.last).days, (window.first - profile.last).days, 0)


def _joined(text: str, meant: Sequence[_DatedWords]) -> DateRange:
    """One window: from the first to the last of several expressions, or the time before or after a single one."""
    firsts = [each.window.first for each in meant if each.window.first]
    lasts = [each.window.last for each in meant if each.window.last]
    whole = DateRange(first=min(firsts, default=None), last=max(lasts, default=None))
    if len(meant) > 1 or whole.first is None or whole.last is None:
        return whole
    before = text[: meant[0].mention.span.start]
    if _AFTER.search(before):
        return DateRange(first=whole.first if _SINCE.search(before) else whole.last + timedelta(days=1))
    if _BEFORE.search(before):
        return DateRange(last=whole.last if _UNTIL.search(before) else whole.first - timedelta(days=1))
    return whole


def _counted_length(
    analysis: Analysis, reference: date | None, profile: CorpusProfile, today: date | None
) -> TimeWindow | None:
    """The window of "the last three days" or "the coming two weeks", counted from the reference day."""
    for mention in analysis.mentions:
        words = analysis.text[mention.span.start : mention.span.end]
        length = _LENGTH.fullmatch(mention.value or "")
        if mention.kind is not MentionKind.DURATION or length is None or reference is None:
            continue
        back, count = bool(_PAST.search(words)), int(length[1])
        far = shift_day(reference, -count if back else count, _UNITS[length[2]])
        if far is not None and (back or _FUTURE.search(words)):
            window = DateRange(first=far, last=reference) if back else DateRange(first=reference, last=far)
            return TimeWindow(window=window, words=words, how=_explanation(reference, profile, today))
    return None


def upcoming_days(profile: CorpusProfile, today: date | None) -> TimeWindow | None:
    """All days from the reference day on; None without one."""
    reference = reference_day(profile, today)
    if reference is None:
        return None
    return TimeWindow(window=DateRange(first=reference), how=_explanation(reference, profile, today))


def _explanation(reference: date | None, profile: CorpusProfile, today: date | None) -> str:
    if reference == today or reference is None:
        return "counted from today"
    return f"counted from {day_in_words(reference)}, the newest article's day" if profile.last else "counted from today"


def window_in_words(window: DateRange) -> str:
    """``4 January 2022``, ``2 to 5 January 2022``, ``from 6 January 2022 on``."""
    if window.first is None or window.last is None:
        return _open_side(window)
    if window.first == window.last:
        return day_in_words(window.first)
    return f"{day_in_words(window.first)} to {day_in_words(window.last)}"


def _open_side(window: DateRange) -> str:
    if window.first is not None:
        return f"from {day_in_words(window.first)} on"
    return f"until {day_in_words(window.last)}" if window.last else "any day"
