"""Question analysis: terms, names, days and outlets, and the query that looks for them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answering.models import Question
from bot.answering.question.parser import parse_question
from retrieval.entities.recogniser import EntityRecogniser
from retrieval.models import CorpusProfile

PROFILE = CorpusProfile(
    articles=2, outlets=("Coastal Herald", "Morning Tribune"), first=date(2021, 5, 6), last=date(2021, 5, 7)
)


def asked(
    language: EntityRecogniser, text: str, profile: CorpusProfile = PROFILE, today: date | None = None
) -> Question:
    return parse_question(language.analyse(text), profile, today=today)


def words(question: Question) -> list[str]:
    return [token.word for token in question.terms]


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("When did the ferry sink?", ["ferry", "sink"]),
        ("How many passengers were aboard the ferry?", ["passengers", "aboard", "ferry"]),
        ("How old is the captain?", ["captain"]),
        ("How long will the strike last?", ["strike"]),
        ("In what year did the ferry sink?", ["ferry", "sink"]),
        ("How often does the ferry sail?", ["ferry", "sail"]),
        ("Please tell me about the ferry", ["ferry"]),
        ("According to the Coastal Herald, who sank the ferry?", ["sank", "ferry"]),
        ("Which outlets reported the strike?", ["strike"]),
        ("What happened on 4 May?", []),
        ("Does the Coastal Herald article suggest that the captain was consistent?", ["captain"]),
        ("Was the captain consistent?", ["captain", "consistent"]),
        ("Who is who?", []),
    ],
)
def test_the_terms_are_what_the_question_is_about(language: EntityRecogniser, text: str, terms: list[str]) -> None:
    assert words(asked(language, text)) == terms


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Who did Anna Lund call in Norway?", ["Anna Lund", "Norway"]),
        ("Did the Sverre sink?", ["Sverre"]),
        ("Ferry sank when?", []),
        ("WHEN DID THE FERRY SINK?", []),
        ("when did the ferry sink", []),
        ("According to Coastal Herald, who sank?", []),
    ],
)
def test_the_names_of_a_question(language: EntityRecogniser, text: str, names: list[str]) -> None:
    assert [span.of(text) for span in asked(language, text).names] == names


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("What happened on 4 May 2021?", [date(2021, 5, 4)]),
        ("What happened on 4 May?", [date(2020, 5, 4), date(2021, 5, 4), date(2022, 5, 4)]),
        ("What happened on 29 February?", [date(2020, 2, 29)]),
        ("What happened in May?", []),
        ("What happened?", []),
    ],
)
def test_the_days_of_a_question(language: EntityRecogniser, text: str, days: list[date]) -> None:
    assert list(asked(language, text).days) == days


def test_without_articles_a_day_is_of_this_year(language: EntityRecogniser) -> None:
    question = asked(language, "What happened on 4 May?", CorpusProfile(), today=date(2024, 1, 1))
    assert question.days == (date(2024, 5, 4),)
    assert asked(language, "What happened on 4 May?", CorpusProfile()).days == ()


@pytest.mark.parametrize(
    ("text", "known", "unknown", "only"),
    [
        ("According to the Coastal Herald, who sank?", ("Coastal Herald",), (), True),
        (
            "What did the Coastal Herald and the Morning Tribune report?",
            ("Coastal Herald", "Morning Tribune"),
            (),
            False,
        ),
        ("According to Reuters, who sank?", (), ("Reuters",), False),
        ("Which outlets besides the Coastal Herald reported the strike?", (), (), False),
        ("Who sank?", (), (), False),
    ],
)
def test_the_outlets_of_a_question(
    language: EntityRecogniser, text: str, known: tuple[str, ...], unknown: tuple[str, ...], only: bool
) -> None:
    question = asked(language, text)
    assert (question.outlets, question.unknown_outlets, question.only_outlets) == (known, unknown, only)


def test_the_query_looks_for_the_terms_as_written(language: EntityRecogniser) -> None:
    query = asked(language, "According to the Coastal Herald, which ferries sank on 4 May 2021?").query(7)
    assert query.words == ("ferries", "sank", "4", "May", "2021")
    assert query.terms == ("ferri", "sink", "4", "may", "2021")
    assert (query.outlets, query.only_outlets) == (("Coastal Herald",), True)
    assert query.limit == 7


def test_a_term_with_synonyms_brings_them_along(language: EntityRecogniser) -> None:
    question = asked(language, "When did the strike begin?")
    instead = {alternative.term: alternative.instead for alternative in question.alternatives}
    assert "start" in instead["begin"]
    assert set(instead) <= {token.term for token in question.terms}


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=80).filter(str.strip))
def test_any_text_can_be_read(language: EntityRecogniser, text: str) -> None:
    question = asked(language, text)
    assert question.text == text
    for token in question.terms:
        assert text[token.start : token.end]
    assert len(question.query(3).words) == len(question.terms)


def test_sources_of_something_are_no_outlets(language: EntityRecogniser) -> None:
    assert asked(language, "How many sources of income are there?").kind.value == "how_many"
