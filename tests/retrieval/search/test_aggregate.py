"""Gathering: all there is of a sort, over a real store and engine with invented articles and real language."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from retrieval.entities.recogniser import EntityRecogniser
from retrieval.index.ranker import open_ranker
from retrieval.ingest import Ingest
from retrieval.models import DateRange, Finding, MentionKind, Query, Scope
from retrieval.search.searcher import Searcher
from retrieval.storage.store import Store
from retrieval.text.tokens import tokenize

ROWS = (
    (
        "old",
        "Coastal Herald",
        "2021-05-06",
        "The ferry sank on May 4 off Norway. The Norwegian navy searched on May 5.",
    ),
    (
        "new",
        "Morning Tribune",
        "2021-05-20",
        "The ferry was raised. On May 4 it had sunk.\n\nSweden sent divers to it.",
    ),
    ("far", "Morning Tribune", "2021-06-01", "Bread\n\nOSLO\n\nOn June 1 a bakery opened in Norway."),
    ("bare", None, None, "Divers in Denmark like bread."),
)


class Shelf:
    def __init__(self, folder: Path) -> None:
        self.store = Store(folder / "dateline.sqlite")
        engine = open_ranker("plus")
        ingest = Ingest(self.store, EntityRecogniser(), engine, folder / "index")
        path = folder / "articles.jsonl"
        records = [{"id": i, "source": outlet, "published": day, "text": text} for i, outlet, day, text in ROWS]
        path.write_text("".join(f"{json.dumps(record)}\n" for record in records), encoding="utf-8")
        assert not ingest.add([path]).refused
        self.search = Searcher(self.store, engine)

    def find(self, scope: Scope, words: str = "", **narrowed: object) -> Finding:
        terms = tuple(token.term for token in tokenize(words) if token.content)
        return self.search.find(Query.model_validate({"terms": terms, "scope": scope, **narrowed}))


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    made = Shelf(tmp_path_factory.mktemp("shelf"))
    yield made
    made.store.close()


def ids(finding: Finding) -> list[str]:
    return [hit.header.id for hit in finding.hits]


def test_each_article_is_there_once(shelf: Shelf) -> None:
    found = shelf.find(Scope.ARTICLES, "ferry divers")
    assert sorted(ids(found)) == ["bare", "new", "old"]
    assert found.total == 3


def test_with_every_term_only_articles_count_that_hold_all_in_one_passage(shelf: Shelf) -> None:
    found = shelf.find(Scope.ARTICLES, "ferry May", every_term=True)
    assert (sorted(ids(found)), found.total) == (["new", "old"], 2)
    assert shelf.find(Scope.ARTICLES, "ferry zeppelin", every_term=True).total == 0


def test_more_articles_are_counted_than_are_shown(shelf: Shelf) -> None:
    found = shelf.find(Scope.ARTICLES, "ferry", limit=1)
    assert (len(found.hits), found.total) == (1, 2)


def test_the_newest_article_comes_first(shelf: Shelf) -> None:
    assert ids(shelf.find(Scope.NEWEST, "ferry")) == ["new", "old"]
    assert ids(shelf.find(Scope.NEWEST, "Norway")) == ["far", "old"]


def test_the_newest_of_all_need_no_terms_and_undated_ones_come_last(shelf: Shelf) -> None:
    found = shelf.find(Scope.NEWEST)
    assert (ids(found), found.total) == (["far", "new", "old", "bare"], 4)


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        pytest.param(date(2021, 5, 4), date(2021, 5, 4), {"old", "new"}, id="a day"),
        pytest.param(date(2021, 5, 5), date(2021, 5, 31), {"old"}, id="from a day to another"),
        pytest.param(date(2021, 5, 20), None, {"far"}, id="from a day on"),
        pytest.param(None, date(2021, 5, 4), {"old", "new"}, id="until a day"),
        pytest.param(date(2020, 1, 1), date(2020, 12, 31), set(), id="where nothing is told"),
    ],
)
def test_passages_that_tell_of_days(shelf: Shelf, first: date | None, last: date | None, expected: set[str]) -> None:
    found = shelf.find(Scope.DATED, named_days=DateRange(first=first, last=last))
    assert set(ids(found)) == expected


def test_of_a_day_only_what_bears_on_the_terms(shelf: Shelf) -> None:
    day = DateRange(first=date(2021, 5, 4), last=date(2021, 5, 4))
    assert ids(shelf.find(Scope.DATED, "navy", named_days=day)) == ["old"]


def test_a_dateline_is_no_sentence_that_tells(shelf: Shelf) -> None:
    assert "oslo" not in {name.value for name in shelf.find(Scope.NAMES, named=MentionKind.PLACE, limit=50).names}


def test_names_come_with_the_number_of_their_articles(shelf: Shelf) -> None:
    found = shelf.find(Scope.NAMES, named=MentionKind.PLACE, detail="country")
    assert [(name.value, name.articles) for name in found.names] == [("norway", 2), ("sweden", 1), ("denmark", 1)]
    assert found.total == 3
    assert sorted(set(ids(found))) == ["bare", "new", "old"]


def test_names_of_some_outlets_alone(shelf: Shelf) -> None:
    found = shelf.find(Scope.NAMES, named=MentionKind.PLACE, detail="country", outlets=("Coastal Herald",))
    assert [name.value for name in found.names] == ["norway"]


def test_names_are_gone_with_their_article(shelf: Shelf, tmp_path: Path) -> None:
    other = Shelf(tmp_path)
    other.store.remove("bare")
    assert "denmark" not in {name.value for name, _ in other.store.names(MentionKind.PLACE, "country")}
    other.store.close()
