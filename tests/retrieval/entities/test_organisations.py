"""Organisations in single sentences."""

from __future__ import annotations

import pytest

from retrieval.entities.recogniser import EntityRecogniser
from retrieval.models import Mention, MentionKind


def mentions_of(text: str, *kinds: MentionKind) -> list[Mention]:
    return [mention for mention in EntityRecogniser().analyse(text).mentions if mention.kind in kinds]


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
