"""Errors carry a sentence for a person."""

from __future__ import annotations

import pytest

from retrieval import errors
from retrieval.errors import RetrievalError, SourceError


def test_a_source_error_has_its_place_and_its_problem() -> None:
    error = SourceError("news.jsonl:3", "the text is empty")
    assert (str(error), error.place, error.problem) == (
        "news.jsonl:3: the text is empty",
        "news.jsonl:3",
        "the text is empty",
    )


@pytest.mark.parametrize("name", ["SourceError", "StoreError", "IndexUnusable", "UnknownArticle", "LanguageError"])
def test_every_error_can_be_caught_as_one(name: str) -> None:
    assert issubclass(getattr(errors, name), RetrievalError)
