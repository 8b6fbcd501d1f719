"""People with their roles, places and organisations in single sentences."""

from __future__ import annotations

import pytest

from retrieval.entities.recogniser import EntityRecogniser
from retrieval.models import Mention, MentionKind


def mentions_of(text: str, *kinds: MentionKind) -> list[Mention]:
    return [mention for mention in EntityRecogniser().analyse(text).mentions if mention.kind in kinds]


def people(text: str) -> list[tuple[str, str | None]]:
    found = mentions_of(text, MentionKind.PERSON)
    return [(mention.span.of(text), mention.role.of(text) if mention.role else None) for mention in found]


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("Turkey’s Parliament Speaker Mustafa Şentop spoke.", "Mustafa Şentop", "Turkey’s Parliament Speaker"),
        ("He met US Assistant Secretary of State Karen Donfried.", "Karen Donfried", "US Assistant Secretary of State"),
        ("He called his Azerbaijani counterpart, Ceyhun Bayramov.", "Ceyhun Bayramov", "his Azerbaijani counterpart"),
        ("The former British prime minister Tony Blair spoke.", "Tony Blair", "former British prime minister"),
        ("Acme president and chief executive Ron Sugar left.", "Ron Sugar", "Acme president and chief executive"),
        ("On Monday, coach Kyle Shanahan left.", "Kyle Shanahan", "coach"),
    ],
)
def test_a_person_has_the_role_beside_the_name(text: str, name: str, role: str) -> None:
    assert people(text) == [(name, role)]


def test_people_share_a_role_of_several() -> None:
    role = "foreign ministers of Turkey and Russia"
    text = f"The {role}, Mevlüt Çavuşoğlu and Sergey Lavrov, met."
    assert people(text) == [("Mevlüt Çavuşoğlu", role), ("Sergey Lavrov", role)]


def test_a_role_of_one_is_not_shared() -> None:
    assert people("President Joe Biden and Kamala Harris met.") == [("Joe Biden", "President"), ("Kamala Harris", None)]


@pytest.mark.parametrize(
    "name",
    [
        "J. K. Rowling",
        "Bashar al-Assad",
        "Ursula von der Leyen",
        "Sam Bankman-Fried",
        "Robert Downey Jr.",
        "Michael King",
    ],
)
def test_names_of_many_shapes_are_whole(name: str) -> None:
    assert [found for found, _ in people(f"Yesterday {name} spoke there.")] == [name]


@pytest.mark.parametrize(
    "text",
    [
        "The Super Bowl was on Sunday.",
        "Wall Street fell in May.",
        "Mercedes and Honda met.",
        "I Wish You Would is a song.",
    ],
)
def test_other_capitals_are_no_people(text: str) -> None:
    assert people(text) == []


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("They met in Geneva and Vienna.", {"Geneva": "city", "Vienna": "city"}),
        ("In the cities of Qwarn and Zelph, people left.", {"Qwarn": "city", "Zelph": "city"}),
        (
            "Other cities, including Taraz, Qwarn (in the south) and Oslo, saw it.",
            {"Taraz": "city", "Qwarn": "city", "Oslo": "city"},
        ),
        ("It hit the Mangystau Region, in Kazakhstan.", {"Mangystau Region": "region", "Kazakhstan": "country"}),
        ("The US and the U.S. are one.", {"US": "country", "U.S.": "country"}),
        ("It borders the Caspian Sea in Central Asia.", {"Caspian Sea": "region", "Central Asia": "region"}),
        ("Ships left Africa for Lake Victoria.", {"Africa": "continent", "Lake Victoria": "region"}),
        ("He lives in Reading, England.", {"Reading": "city", "England": "country"}),
    ],
)  # fmt: skip
def test_places_have_a_kind(text: str, places: dict[str, str]) -> None:
    assert {mention.span.of(text): mention.detail for mention in mentions_of(text, MentionKind.PLACE)} == places


@pytest.mark.parametrize("text", ["Reading is fun.", "It was Nice.", "Michael Jordan played.", "Turn the Page."])
def test_common_words_and_names_are_no_places(text: str) -> None:
    assert mentions_of(text, MentionKind.PLACE) == []


@pytest.mark.parametrize(
    ("word", "country"), [("Turkish", "turkey"), ("Kazakhs", "kazakhstan"), ("Dutch", "netherlands")]
)
def test_a_nationality_stands_for_its_country(word: str, country: str) -> None:
    assert [mention.value for mention in mentions_of(f"The {word} left.", MentionKind.NATIONALITY)] == [country]


@pytest.mark.parametrize(
    "name",
    [
        "Ministry of Foreign Affairs of Turkey",
        "Organization of the Turkic States",
        "NATO-Russia Council",
        "Securities and Exchange Commission",
        "Department of Culture and Tourism",
        "Harvard University",
        "OSCE",
        "European Union",
    ],
)
def test_organisations_are_whole(name: str) -> None:
    text = f"Yesterday the {name} met."
    assert [mention.span.of(text) for mention in mentions_of(text, MentionKind.ORGANISATION)] == [name]


@pytest.mark.parametrize(
    "text", ["The CEO has a TV.", "Acquired plain resistance (SAR) grows.", "The Ministry met.", "WAIT FOR IT"]
)
def test_other_capitals_are_no_organisations(text: str) -> None:
    assert mentions_of(text, MentionKind.ORGANISATION) == []


def test_a_name_that_the_text_explains_is_an_organisation() -> None:
    text = "Zorblax shares fell. Later Zorblax recovered."
    assert [mention.span.of(text) for mention in mentions_of(text, MentionKind.ORGANISATION)] == ["Zorblax", "Zorblax"]


@pytest.mark.parametrize(
    "text", ["Ohio State won again.", "The Straits Times Index fell.", "I just met Anna Hall there."]
)
def test_teams_indices_and_people_are_no_places(text: str) -> None:
    assert mentions_of(text, MentionKind.PLACE) == []
