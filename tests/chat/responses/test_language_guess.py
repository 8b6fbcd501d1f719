"""A question in another language is told from one in English, also where it holds foreign names."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.responses.language_guess import other_language
from tests.paths import ROOT

QUALITY = ROOT / "tests" / "quality" / "questions.jsonl"
OTHERS = ROOT / "tests" / "data" / "other_corpus" / "questions.jsonl"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Когда протесты дошли до Алматы?", "ru"),
        ("протесты в Алматы", "ru"),
        ("Protestolar ne zaman başladı?", "tr"),
        ("Mustafa Şentop kim?", "tr"),
        ("Wann begannen die Proteste, und wo?", "de"),
        ("Quand les manifestations ont-elles commencé ?", "fr"),
        ("¿Cuándo empezaron las protestas?", "es"),
        ("抗议 何时 开始", "und"),
    ],
)
def test_another_language(text: str, language: str) -> None:
    assert other_language(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "When did протесты begin?",
        "Who is Мустафа Шентоп?",
        "Алматы",
        "almaty protests",
        "Die Hard",
        "Le Pen election",
        "Los Angeles fire",
        "El Mundo report",
        "Kim Jong Un missiles",
        "",
        "?!",
        "1999",
    ],
)
def test_english_or_too_little_to_say(text: str) -> None:
    assert other_language(text) is None


def test_no_question_of_the_sets_is_taken_for_another_language() -> None:
    for file in (QUALITY, OTHERS):
        for line in file.read_text(encoding="utf-8").splitlines():
            assert other_language(json.loads(line)["question"]) is None


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    other_language(text)
