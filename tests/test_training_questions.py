"""The training questions keep their form, and their splits share no article and no event."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from tests.paths import ROOT

FOLDER = ROOT / "training"
MISSES = {"detail", "premise", "relation", "roles", "number", "other date", "other name"}


def rows(name: str) -> list[dict]:
    return [json.loads(line) for line in (FOLDER / name).read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def questions() -> list[dict]:
    return rows("questions.jsonl")


@pytest.fixture(scope="module")
def articles() -> dict[str, dict]:
    return {row["id"]: row for row in rows("articles.jsonl")}


def test_every_question_is_there_once(questions: list[dict]) -> None:
    for field in ("id", "question"):
        counts = Counter(row[field].casefold().strip() for row in questions)
        assert [value for value, count in counts.items() if count > 1] == []


def test_an_answerable_question_has_answers_and_a_near_miss_says_why_it_has_none(questions: list[dict]) -> None:
    for row in questions:
        assert bool(row["answers"] or row.get("all_of")) is row["answerable"], row["id"]
        assert (row.get("miss") in MISSES) is not row["answerable"], row["id"]


def test_a_third_are_near_misses_and_every_kind_is_asked(questions: list[dict]) -> None:
    assert len(questions) >= 12_000
    assert sum(not row["answerable"] for row in questions) * 3 >= len(questions)
    kinds = Counter(row["kind"] for row in questions)
    assert len(kinds) == 16
    assert max(kinds.values()) <= len(questions) / 5


def test_splits_share_no_article_and_no_event(questions: list[dict], articles: dict[str, dict]) -> None:
    assert {row["articles"][0] for row in questions} == set(articles)
    assert [row["id"] for row in questions if articles[row["articles"][0]]["split"] != row["split"]] == []
    splits: dict[str, set[str]] = {}
    for row in articles.values():
        splits.setdefault(row["event"], set()).add(row["split"])
    assert [event for event, found in splits.items() if len(found) > 1] == []


def test_the_readme_counts_what_is_there(questions: list[dict], articles: dict[str, dict]) -> None:
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    for split in ("train", "calibrate", "test"):
        asked = Counter(row["answerable"] for row in questions if row["split"] == split)
        of_articles = sum(row["split"] == split for row in articles.values())
        assert f"| {split} | {asked[True]:,} | {asked[False]:,} | {of_articles} |" in text
