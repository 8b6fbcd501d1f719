"""Span boundaries: where the words of an answer begin and end around a mention."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.answering.models import Evidence
from bot.answering.reader.context import AnswerContext
from bot.answering.reader.span_boundaries import asked_span, has_part, range_around, since_or_until
from retrieval.models import Mention, Span

Ask = Callable[..., AnswerContext]


def mention_of(evidence: Evidence, words: str) -> Mention:
    """The mention of a sentence that reads so."""
    mentions = evidence.hit.mentions_in(evidence.index)
    return next(mention for mention in mentions if evidence.hit.passage.words_of(mention.span) == words)


def words_of(evidence: Evidence, span: Span | None) -> str | None:
    return None if span is None else evidence.hit.passage.words_of(span)


@pytest.mark.parametrize(
    ("question", "sentence", "mention", "words"),
    [
        ("When did it end?", "It ended in the latter part of 1962.", "1962", "the latter part of 1962"),
        ("In what year did it sink?", "It sank on 4 May 2020.", "4 May 2020", "2020"),
        ("When was the painter born?", "The painter Ole Brun (1819–1880) was admired.", "1819–1880", "1819"),
        ("When did the painter die?", "The painter Ole Brun (1819–1880) was admired.", "1819–1880", "1880"),
        ("When was the mayor born?", "The mayor Ole Brun (1862–1890) was admired.", "1862–1890", None),
        ("How long did it burn?", "It burned for the next three days.", "the next three days", "three days"),
        ("How many sailors drowned?", "Nearly 3,000 sailors drowned.", "3,000", "Nearly 3,000"),
        ("By how much did he win?", "He won by 151 votes.", "151", "151 votes"),
        ("How many votes did he win?", "He won 151 votes.", "151", "151"),
        ("Where did the monks flee?", "The monks fled to southern Italy.", "Italy", "southern Italy"),
        ("Where did the ferry sink?", "The ferry sank in Norway.", "Norway", "Norway"),
    ],
)
def test_the_words_of_the_value_asked_for(
    ask: Ask, question: str, sentence: str, mention: str, words: str | None
) -> None:
    context = ask(question, sentence)
    (evidence,) = context.evidence
    assert words_of(evidence, asked_span(context.question, mention_of(evidence, mention), evidence)) == words


@pytest.mark.parametrize(
    ("question", "sentence", "mention", "words"),
    [
        ("When was the line open?", "The line was open from 1962 to 1998.", "1962", "1962 to 1998"),
        ("When was the line open?", "The line was open from 1962 to 1998.", "1998", "1962 to 1998"),
        ("When did the wars rage?", "The wars raged between 1562 and 1598.", "1562", "between 1562 and 1598"),
        ("Between what years did they rage?", "They raged between 1562 and 1598.", "1562", "1562 and 1598"),
        ("When did they rage?", "They raged in 1562 and again in 1598.", "1562", None),
        ("When did it sink?", "It sank in 1962.", "1962", None),
    ],
)
def test_a_range_of_dates_around_one_of_its_ends(
    ask: Ask, question: str, sentence: str, mention: str, words: str | None
) -> None:
    context = ask(question, sentence)
    (evidence,) = context.evidence
    assert words_of(evidence, range_around(context.question, mention_of(evidence, mention).span, evidence)) == words


@pytest.mark.parametrize(
    ("sentence", "mention", "words"),
    [
        ("The rule has been known since the 1950s.", "the 1950s", "since the 1950s"),
        ("The rule was in force until 1796.", "1796", "until 1796"),
        ("The rule was made in 1796.", "1796", None),
    ],
)
def test_a_length_of_time_with_one_end(ask: Ask, sentence: str, mention: str, words: str | None) -> None:
    (evidence,) = ask("How long has the rule been known?", sentence).evidence
    assert words_of(evidence, since_or_until(mention_of(evidence, mention).span, evidence)) == words


@pytest.mark.parametrize(
    ("part", "words", "value", "has"),
    [
        ("year", "4 May 2020", "2020-05-04", True),
        ("year", "Tuesday", "2021-05-04", True),
        ("year", "Tuesday", "XXXX-WXX-2", False),
        ("month", "4 May", "XXXX-05-04", True),
        ("month", "the 1950s", "195", False),
        ("weekday", "the first Thursday in May", "XXXX-05", True),
        ("weekday", "4 May 2020", "2020-05-04", False),
    ],
)
def test_the_parts_that_a_date_gives(part: str, words: str, value: str, has: bool) -> None:
    assert has_part(part, words, value) is has
