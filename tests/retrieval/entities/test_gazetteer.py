"""What a name of the world means, and which names need the words around them."""

from __future__ import annotations

import pytest

from retrieval.entities.gazetteer import ambiguous_names, known_names, small_cities
from retrieval.models import MentionKind


@pytest.mark.parametrize(
    ("name", "kind", "value", "detail"),
    [
        ("kazakhstan", MentionKind.PLACE, "kazakhstan", "country"),
        ("turkish", MentionKind.NATIONALITY, "turkey", None),
        ("texas", MentionKind.PLACE, "texas", "region"),
        ("vienna", MentionKind.PLACE, "vienna", "city"),
        ("nato", MentionKind.ORGANISATION, "nato", "acronym"),
    ],
)
def test_a_sure_name_means_one_thing(name: str, kind: MentionKind, value: str, detail: str | None) -> None:
    entry = known_names()[name]
    assert (entry.kind, entry.detail, entry.sure) == (kind, detail, True)
    assert entry.value == value or kind is MentionKind.ORGANISATION


def test_an_acronym_is_known_in_capitals_only() -> None:
    assert known_names()["nato"].upper
    assert not known_names()["vienna"].upper


def test_a_city_that_is_mostly_a_word_is_not_sure() -> None:
    assert "reading" in small_cities()
    assert "reading" not in known_names()
    assert not small_cities()["reading"].sure
    assert ambiguous_names()


def test_no_name_is_in_both_lists() -> None:
    assert not known_names().keys() & small_cities().keys()
