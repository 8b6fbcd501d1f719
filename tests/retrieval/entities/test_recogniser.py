"""Mentions of whole articles and of questions."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.documents.passages import split_passages
from retrieval.entities.recogniser import EntityRecogniser
from retrieval.errors import LanguageError
from retrieval.models import Article, Mention, MentionKind, Published
from tests.paths import SEEDS

_CITIES = (
    "Zhanaozen", "Aktau", "Almaty", "Atyrau", "Aktobe", "Uralsk", "Taraz", "Shymkent", "Kyzylorda", "Karaganda",
    "Nur-Sultan",
)  # fmt: skip


def mentions_of(text: str, day: date | None = None) -> list[Mention]:
    published = None if day is None else Published(day=day)
    article = Article(id="a", text=text, published=published)
    return [
        mention
        for passage in EntityRecogniser().annotate(article, split_passages(article))
        for mention in passage.mentions
    ]


def found(text: str, *kinds: MentionKind) -> list[str]:
    return [mention.span.of(text) for mention in mentions_of(text) if mention.kind in kinds]


def roles(text: str) -> dict[str, str]:
    """The role given with each full name."""
    people = [mention for mention in mentions_of(text) if mention.kind is MentionKind.PERSON and mention.role]
    return {mention.value or "": mention.role.of(text) for mention in people if mention.role}


@pytest.fixture(scope="module")
def first_seed() -> str:
    return (SEEDS / "000_e8299791b4f47585.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def second_seed() -> str:
    return (SEEDS / "004_ace7756d0895ef8d.txt").read_text(encoding="utf-8")


def test_the_people_of_the_seeds_have_their_roles(first_seed: str, second_seed: str) -> None:
    assert roles(first_seed) == {
        "mevlut cavusoglu": "foreign ministers of Turkey and Russia",
        "sergey lavrov": "foreign ministers of Turkey and Russia",
        "ceyhun bayramov": "his Azerbaijani counterpart",
        "mustafa sentop": "Turkey’s Parliament Speaker",
    }
    assert roles(second_seed) == {
        "mevlut cavusoglu": "Minister of Foreign Affairs of Russia and Turkey",
        "sergey lavrov": "Minister of Foreign Affairs of Russia and Turkey",
        "karen donfried": "US Assistant Secretary of State",
    }


def test_the_cities_of_the_seeds_are_cities(second_seed: str) -> None:
    places = [mention for mention in mentions_of(second_seed) if mention.kind is MentionKind.PLACE]
    cities = {mention.span.of(second_seed) for mention in places if mention.detail == "city"}
    assert cities >= {*_CITIES, "Geneva", "Brussels", "Vienna"}
    regions = {mention.span.of(second_seed) for mention in places if mention.detail == "region"}
    assert regions == {"Mangystau Region", "Almaty Region", "Caucasus"}


def test_the_organisations_of_the_seeds_are_found(first_seed: str, second_seed: str) -> None:
    assert set(found(first_seed, MentionKind.ORGANISATION)) >= {
        "NATO",
        "NATO-Russia Council",
        "Turkish Foreign Ministry",
        "Organization of the Turkic States",
    }
    assert set(found(second_seed, MentionKind.ORGANISATION)) >= {
        "TASS",
        "OSCE Permanent Council",
        "Ministry of Foreign Affairs of Turkey",
        "Russian Ministry of Foreign Affairs",
    }


def test_the_quotations_of_the_seeds_have_their_speakers(first_seed: str, second_seed: str) -> None:
    speakers = [mention.value for mention in mentions_of(first_seed) if mention.kind is MentionKind.QUOTE]
    assert speakers == ["it", "the ministry", "Organization of the Turkic States", "the organization"]
    assert [m.value for m in mentions_of(second_seed) if m.kind is MentionKind.QUOTE] == ["the source"]


def test_dates_are_mentions_with_values(second_seed: str) -> None:
    dated = {m.span.of(second_seed): m.value for m in mentions_of(second_seed, date(2022, 1, 6))}
    assert dated["January 12"] == "2022-01-12"
    assert dated["December 17"] == "2021-12-17"


def test_a_surname_stands_for_the_full_name() -> None:
    text = "Prime Minister Anna Nováková resigned. Later Nováková left Prague."
    people = [mention.value for mention in mentions_of(text) if mention.kind is MentionKind.PERSON]
    assert people == ["anna novakova", "anna novakova"]


def test_months_places_and_bodies_are_no_people() -> None:
    text = "In April, Chelsea and the Bank of England met in Florence. The World Cup starts on Sunday in South Africa."
    assert found(text, MentionKind.PERSON) == []


def test_mentions_do_not_overlap_but_for_quotations(first_seed: str) -> None:
    others = [mention for mention in mentions_of(first_seed) if mention.kind is not MentionKind.QUOTE]
    for left, right in pairwise(others):
        assert left.span.end <= right.span.start


def test_a_mention_lies_in_its_passage_and_its_role_too(first_seed: str) -> None:
    article = Article(id="a", text=first_seed)
    for passage in EntityRecogniser().annotate(article, split_passages(article)):
        for mention in passage.mentions:
            assert passage.span.contains(mention.span)
            assert mention.role is None or passage.span.contains(mention.role)


@pytest.mark.parametrize(
    ("question", "kind", "value"),
    [
        ("who is the turkish fm", MentionKind.NATIONALITY, "turkey"),
        ("where is almaty", MentionKind.PLACE, "almaty"),
        ("what did nato decide", MentionKind.ORGANISATION, "nato"),
        ("did the us agree", MentionKind.PLACE, "united states"),
        ("Who is Mevlut Cavusoglu?", MentionKind.PERSON, "mevlut cavusoglu"),
        ("Which region are Zhanaozen and Aktau in?", MentionKind.PLACE, "aktau"),
        ("What happened on 2022-01-05?", MentionKind.DATE, "2022-01-05"),
    ],
)
def test_a_question_names_things_in_any_case(question: str, kind: MentionKind, value: str) -> None:
    analysis = EntityRecogniser().analyse(question)
    assert (kind, value) in [(mention.kind, mention.value) for mention in analysis.mentions]
    assert analysis.tokens[0].start == 0


@pytest.mark.parametrize("question", ["which polish is best", "tell us more", "what is on in reading"])
def test_common_words_without_capitals_are_no_names(question: str) -> None:
    kinds = {mention.kind for mention in EntityRecogniser().analyse(question).mentions}
    assert not kinds & {MentionKind.PLACE, MentionKind.NATIONALITY}


@pytest.mark.parametrize(
    "question", ["Who is the president?", "who won", "WHO is it?", "WHO WON THE MATCH?", "TELL US MORE ABOUT IT"]
)
def test_pronouns_are_no_acronyms(question: str) -> None:
    kinds = {mention.kind for mention in EntityRecogniser().analyse(question).mentions}
    assert not kinds & {MentionKind.PLACE, MentionKind.ORGANISATION}


def test_three_quarters_of_a_town_are_no_time() -> None:
    text = "Three quarters of the town is flooded."
    assert found(text, MentionKind.DURATION) == []


def test_a_pipeline_that_is_not_installed_is_named() -> None:
    with pytest.raises(LanguageError, match="no_such_pipeline"):
        EntityRecogniser("no_such_pipeline")


def test_importing_language_does_not_load_spacy() -> None:
    code = "import retrieval.entities.recogniser, sys; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


_PIECES = st.sampled_from(
    ["Mr. ", "President ", "Anna Nováková", " said ", "“", "”", '"', "It is so.", "Berlin", ", ", "and ", "the ",
     "U.S. ", "-", "al-", "NATO", "$5 ", "20 to 25 percent", "Jan. 6", "\n\n", "of ", "Ministry ", "J. ", "’s ", "(",
     "\u0307", "İ"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(min_size=1), st.lists(_PIECES, min_size=1).map("".join)))
def test_any_text_has_mentions_inside_it(text: str) -> None:
    EntityRecogniser().analyse(text)
    article = Article(id="a", text=text)
    for passage in EntityRecogniser().annotate(article, split_passages(article)):
        for mention in passage.mentions:
            assert passage.span.contains(mention.span)
            assert mention.span.of(text).strip()
