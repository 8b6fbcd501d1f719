"""Acronyms: which names they abbreviate."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.answering.reader.acronyms import is_acronym, stands_for
from retrieval.entities.recogniser import EntityRecogniser
from tests.answering.workbench import System, hits_of, report


@pytest.mark.parametrize(
    ("word", "expected"), [("HMA", True), ("Hma", False), ("H", False), ("HARBOURS", False), ("H2", False)]
)
def test_an_acronym_is_a_few_capitals(word: str, expected: bool) -> None:
    assert is_acronym(word) is expected


@pytest.mark.parametrize(
    ("acronym", "sentence", "expected"),
    [
        ("HMA", "The Harbour Masters Association met.", True),
        ("HM", "The Harbour Masters Association met.", True),
        ("MA", "Members of the Harbour Masters Association met.", True),
        ("DOF", "The Department of Fisheries met.", True),
        ("DF", "The Department of Fisheries met.", True),
        ("WWII", "They met after World War II ended.", True),
        ("HMA", "The harbour masters' association met.", False),
        ("HMA", "Harbour staff and Masters of Art met.", False),
        ("HMAX", "The Harbour Masters Association met.", False),
        ("WWIV", "They met after World War II ended.", False),
    ],
)
def test_it_stands_for_capitalised_words_with_its_initials(
    language: EntityRecogniser, acronym: str, sentence: str, expected: bool
) -> None:
    (hit,) = hits_of(language, [report(sentence)])
    assert stands_for(acronym, hit, 0) is expected


def test_an_acronym_that_only_its_name_stands_for_is_no_unknown_name(new_system: Callable[..., System]) -> None:
    system = new_system(report("The Harbour Masters Association elected Anna Lund in Bergen on 4 May 2021."))
    assert "Anna Lund" in system.answer("Who did the HMA elect in Bergen?").citations[0].quote
