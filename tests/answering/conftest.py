"""What the tests of answering share: the real rooms over small invented corpora, in memory."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.answering.answerer import Answerer
from retrieval.engine import open_engine
from retrieval.ingest import Ingest
from retrieval.language import Language
from retrieval.models import Article
from retrieval.search import Search
from retrieval.store import Store

SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture(scope="session")
def language() -> Language:
    return Language()


@pytest.fixture(scope="session")
def seed_names() -> frozenset[str]:
    """The words of the seed articles that are always written with a capital, folded to lower case."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in SEEDS.glob("*.txt"))
    words = set(re.findall(r"[^\W\d_]+", text))
    return frozenset(word.lower() for word in words if word[0].isupper() and word.lower() not in words)
