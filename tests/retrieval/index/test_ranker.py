from __future__ import annotations

from pathlib import Path

import pytest

from retrieval.errors import IndexUnusable, RetrievalError
from retrieval.index.bm25 import Document
from retrieval.index.ranker import ENGINES, Ranker, open_ranker

CORPUS = (Document(1, 1, ("almaty", "unrest")), Document(2, 1, ("almaty",)), Document(3, 2, ("oil",)))


def passages_with(ranker: Ranker, term: str) -> int:
    return ranker.statistics([term])[term].passages if ranker.statistics([term]) else 0


def groups_with(ranker: Ranker, term: str) -> int:
    return ranker.statistics([term])[term].groups if ranker.statistics([term]) else 0


@pytest.mark.parametrize("name", ENGINES)
def test_every_named_engine_ranks_saves_and_comes_back(name: str, tmp_path: Path) -> None:
    engine = open_ranker(name)
    engine.add(CORPUS)
    engine.save(tmp_path / "index", "revision")
    loaded = open_ranker(name)
    loaded.restore(tmp_path / "index", "revision")
    assert loaded.top(["unrest"], 5) == engine.top(["unrest"], 5)
    assert [hit.key for hit in loaded.top(["unrest"], 5)] == [1]
    assert (len(loaded), passages_with(loaded, "almaty"), groups_with(loaded, "almaty")) == (3, 2, 1)


def test_the_default_engines_differ() -> None:
    scores = set()
    for name in ENGINES:
        engine = open_ranker(name)
        engine.add(CORPUS)
        scores.add(engine.top(["oil"], 1))
    assert len(scores) == len(ENGINES)


@pytest.mark.parametrize("name", ["", "Plus", "lucene"])
def test_an_unknown_name_is_answered_with_the_known_ones(name: str) -> None:
    with pytest.raises(RetrievalError, match="no ranking engine; choose one of: plus, okapi"):
        open_ranker(name)


def test_an_engine_saved_under_another_name_is_refused(tmp_path: Path) -> None:
    open_ranker("plus").save(tmp_path / "index", "revision")
    with pytest.raises(IndexUnusable, match="variant 'plus', not 'okapi'"):
        open_ranker("okapi").restore(tmp_path / "index", "revision")
