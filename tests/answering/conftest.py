"""What the tests of answering share: the real rooms over small invented corpora, in memory."""

from __future__ import annotations

from pathlib import Path

import pytest

from retrieval.language import Language
from retrieval.models import MentionKind
from retrieval.terms import tokenize

SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture(scope="session")
def language() -> Language:
    return Language()


@pytest.fixture(scope="session")
def seed_names(language: Language) -> frozenset[str]:
    """The words of the people, countries, cities and nations that the seed articles name, folded."""
    kinds = {MentionKind.PERSON, MentionKind.PLACE, MentionKind.NATIONALITY}
    texts = [path.read_text(encoding="utf-8") for path in SEEDS.glob("*.txt")]
    names = [
        mention.span.of(text)
        for text in texts
        for mention in language.analyse(text).mentions
        if mention.kind in kinds and mention.detail != "region"
    ]
    return frozenset(token.word for name in names for token in tokenize(name) if token.content)
