"""The dates that a text has named, for those that are counted from them."""

from __future__ import annotations

from retrieval.models import MentionKind
from retrieval.timex.context import DateContext
from retrieval.timex.expressions import Annual, Clock, DateReading, Fixed, Meaning, Origin, Relative, Weekday

TEXT = "On May 4 they met, on Friday they left.\n\nAt noon it rained."
MAY_4, FRIDAY = (TEXT.index("May 4"), TEXT.index("Friday"))


def reading(start: int, meaning: Meaning, kind: MentionKind = MentionKind.DATE) -> DateReading:
    return DateReading(start, start + 5, kind, meaning)


def filled() -> DateContext:
    context = DateContext(TEXT)
    context.remember(reading(3, Fixed("2021")), "2021")
    context.remember(reading(MAY_4, Annual("XXXX-05-04", 5, "May")), "2021-05-04")
    return context


def test_units_are_counted_from_a_date_that_is_fine_enough() -> None:
    context = filled()
    context.remember(reading(20, Fixed("1986")), "1986")
    day, year = context.latest("day"), context.latest("year")
    assert day is not None
    assert year is not None
    assert (day.value, year.value) == ("2021-05-04", "1986")
    assert DateContext(TEXT).latest("day") is None


def test_nothing_is_counted_from_a_year_earlier() -> None:
    context = filled()
    context.remember(reading(20, Relative("year", -1, Origin.TEXT)), "2020")
    assert [date.value for date in context.dates] == ["2021", "2021-05-04"]


def test_what_has_no_days_and_clocks_without_a_day_are_not_remembered() -> None:
    context = DateContext(TEXT)
    context.remember(reading(3, Fixed("PAST_REF")), "PAST_REF")
    context.remember(reading(3, Clock("T12:00"), MentionKind.TIME), "2021-05-04T12:00")
    assert context.dates == []


def test_a_day_is_near_only_within_its_paragraph() -> None:
    context = filled()
    near = context.day_near(reading(FRIDAY, Weekday(5)))
    assert near is not None
    assert near.value == "2021-05-04"
    assert context.day_near(reading(TEXT.index("noon"), Clock("T12:00"))) is None


def test_a_part_of_a_year_is_a_month_quarter_or_day() -> None:
    context = filled()
    context.remember(reading(20, Fixed("1986")), "1986")
    latest = context.latest_part_of_a_year()
    assert latest is not None
    assert latest.value == "2021-05-04"


def test_a_row_of_days() -> None:
    text = "Monday and Tuesday, later Friday"
    context = DateContext(text)
    context.remember(DateReading(0, 6, MentionKind.DATE, Weekday(1)), "2021-05-03")
    assert context.row_before(DateReading(11, 18, MentionKind.DATE, Weekday(2))) is not None
    assert context.row_before(DateReading(26, 32, MentionKind.DATE, Weekday(5))) is None
