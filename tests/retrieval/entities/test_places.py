"""Places and peoples in single sentences."""

from __future__ import annotations

import pytest

from retrieval.entities.recogniser import EntityRecogniser
from retrieval.models import Mention, MentionKind


def mentions_of(text: str, *kinds: MentionKind) -> list[Mention]:
    return [mention for mention in EntityRecogniser().analyse(text).mentions if mention.kind in kinds]


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
def test_a_nationality_means_its_country(word: str, country: str) -> None:
    assert [mention.value for mention in mentions_of(f"The {word} left.", MentionKind.NATIONALITY)] == [country]


@pytest.mark.parametrize(
    "text", ["Ohio State won again.", "The Straits Times Index fell.", "I just met Anna Hall there."]
)
def test_teams_indices_and_people_are_no_places(text: str) -> None:
    assert mentions_of(text, MentionKind.PLACE) == []
