"""Importing brings the store and the engine to what the sources say, and to nothing else."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from retrieval import ingest
from retrieval.errors import IndexUnusable, UnknownArticle
from retrieval.index.bm25 import Document, ScoredDocument, TermStatistics
from retrieval.index.ranker import Ranker
from retrieval.ingest import Ingest, IngestReport
from retrieval.models import Article, Knowledge, Mention, MentionKind, Passage, Published, Span
from retrieval.storage.store import Store

SPOKE = "The ministers spoke on the phone early Jan. 6, the ministry said. They will meet next week."


class FakeEngine:
    """Remembers documents; a term is found where it stands."""

    def __init__(self) -> None:
        self.documents: dict[int, Document] = {}
        self.restored = 0

    def __len__(self) -> int:
        return len(self.documents)

    def add(self, documents: Iterable[Document]) -> None:
        self.documents.update((document.key, document) for document in documents)

    def remove(self, keys: Iterable[int]) -> None:
        for key in keys:
            self.documents.pop(key, None)

    def top(self, terms: Sequence[str], k: int, groups: Collection[int] | None = None) -> tuple[ScoredDocument, ...]:
        found = (key for key, document in sorted(self.documents.items()) if set(terms) & set(document.terms))
        return tuple(ScoredDocument(key, 1.0) for key in found)[:k]

    def statistics(self, terms: Iterable[str]) -> dict[str, TermStatistics]:
        found = {term: self.top([term], len(self)) for term in terms}
        groups = {term: {self.documents[hit.key].group for hit in hits} for term, hits in found.items()}
        return {term: TermStatistics(len(hits), len(groups[term]), 1.0) for term, hits in found.items() if hits}

    def terms(self) -> Sequence[str]:
        return sorted({term for document in self.documents.values() for term in document.terms})

    def save(self, folder: Path, revision: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        rows = [[document.key, document.group, document.terms] for document in self.documents.values()]
        (folder / "index.json").write_text(json.dumps({"revision": revision, "rows": rows}))

    def restore(self, folder: Path, revision: str) -> None:
        path = folder / "index.json"
        saved = json.loads(path.read_text()) if path.exists() else {}
        if saved.get("revision") != revision:
            raise IndexUnusable("made from another revision")
        self.documents = {key: Document(key, group, tuple(terms)) for key, group, terms in saved["rows"]}
        self.restored += 1


class FakeLanguage:
    """Finds a person in the first letter of each passage and remembers which articles it was given."""

    def __init__(self) -> None:
        self.seen: list[Article] = []

    def annotate(self, article: Article, passages: tuple[Passage, ...]) -> tuple[Passage, ...]:
        self.seen.append(article)
        return tuple(passage.model_copy(update={"mentions": (_first_letter(passage),)}) for passage in passages)


def _first_letter(passage: Passage) -> Mention:
    start = passage.span.start
    return Mention(span=Span(start=start, end=start + 1), kind=MentionKind.PERSON)


class Desk:
    """A data folder, a folder of articles to import, and an Ingest over them."""

    def __init__(self, folder: Path) -> None:
        self.data, self.news = folder / "data", folder / "news"
        self.news.mkdir(exist_ok=True)
        self.language = FakeLanguage()
        self.engine = FakeEngine()
        self.store = Store(self.data / "dateline.sqlite")
        self.ingest = Ingest(self.store, self.language, self.engine, self.data / "index")

    def write(self, name: str, text: str, **fields: Any) -> None:
        (self.news / f"{name}.json").write_text(json.dumps({"text": text, **fields}))

    def add(self) -> IngestReport:
        return self.ingest.add([self.news])

    def found(self, term: str) -> list[str]:
        keys = [hit.key for hit in self.engine.top([term], 100)]
        return [stored.passage.article_id for stored in self.store.passages(keys)]

    def in_step(self) -> bool:
        """Whether the engine has the store's passages, and the saved index too."""
        saved = FakeEngine()
        saved.restore(self.data / "index", self.store.revision())
        fresh = {document.key: document for document in self.store.documents()}
        return self.engine.documents == saved.documents == fresh


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    yield desk
    desk.store.close()


@pytest.fixture
def second(desk: Desk, tmp_path: Path) -> Iterator[Desk]:
    """Another process's view of the same data folder."""
    second = Desk(tmp_path)
    yield second
    second.store.close()


# ---------------------------------------------------------- adding, replacing, removing


def test_articles_are_added_annotated_and_found(desk: Desk) -> None:
    desk.write("a", "Crowds took to the streets of Almaty.", published="2022-01-06")
    desk.write("b", "Talks were held in Ankara.", published="2022-01-06")
    assert desk.add() == IngestReport(added=("a", "b"))
    assert desk.found("almati") + desk.found("ankara") == ["a", "b"]
    (passage,) = desk.store.passages_of("a")
    assert passage.words_of(passage.mentions[0].span) == "C"
    assert desk.in_step()


def test_importing_twice_changes_nothing(desk: Desk) -> None:
    desk.write("a", "Crowds took to the streets on Jan. 5.")
    desk.write("b", "Talks were held in Ankara.", published="2022-01-06", source="TASS")
    desk.add()
    revision, annotated = desk.store.revision(), len(desk.language.seen)
    assert desk.add() == IngestReport(unchanged=("a", "b"))
    assert (desk.store.revision(), len(desk.language.seen)) == (revision, annotated)


@pytest.mark.parametrize(
    "change",
    [{"text": "Talks were held in Moscow."}, {"source": "AFP"}, {"title": "Talks"}, {"published": "2022-01-07"}],
)
def test_a_changed_article_is_replaced(desk: Desk, change: dict[str, str]) -> None:
    before = {"text": "Talks were held in Ankara.", "published": "2022-01-06"}
    desk.write("a", **before)
    desk.add()
    desk.write("a", **{**before, **change})
    assert desk.add() == IngestReport(replaced=("a",))
    assert len(desk.engine) == desk.store.profile().articles == 1
    assert desk.in_step()
    assert desk.store.article("a").text == {**before, **change}["text"]


def test_a_removed_article_is_gone_from_store_engine_and_saved_index(desk: Desk) -> None:
    desk.write("a", "Crowds took to the streets of Almaty.", published="2022-01-06")
    desk.write("b", "Almaty was calm.", published="2022-01-07")
    desk.add()
    desk.ingest.remove("a")
    assert desk.found("almati") == ["b"]
    assert desk.in_step()
    with pytest.raises(UnknownArticle):
        desk.ingest.remove("a")


def test_what_is_refused_keeps_nothing_else_out(desk: Desk) -> None:
    rows = [
        {"id": "a", "text": "One."},
        {"id": "b", "text": ""},
        {"id": "a", "text": "Two."},
        {"id": "c", "text": "Three."},
    ]
    path = desk.news / "rows.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows))
    report = desk.ingest.add([path, desk.news / "none.txt"])
    assert report.added == ("a", "c")
    assert [str(refusal) for refusal in report.refused] == [
        f"{path}:2: the text is empty",
        f"{path}:3: the id 'a' was already read from {path}:1",
        f"{desk.news / 'none.txt'}: there is no such file or folder",
    ]


def test_an_import_of_nothing_is_no_change(desk: Desk) -> None:
    desk.add()
    revision = desk.store.revision()
    assert desk.ingest.add([]) == IngestReport()
    assert desk.store.revision() == revision


def test_progress_is_told_while_reading_and_while_importing(desk: Desk) -> None:
    for name in "abc":
        desk.write(name, f"Article {name}.", published="2022-01-06")
    told: list[tuple[int, int | None, str]] = []
    desk.ingest.add([desk.news], lambda done, total, article_id: told.append((done, total, article_id)))
    assert told == [(n, total, "abc"[n - 1]) for total in (None, 3) for n in (1, 2, 3)]


def test_an_import_goes_in_by_batches_each_of_them_whole(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingest, "BATCH", 2)
    for name in "abcde":
        desk.write(name, f"Article {name}.", published="2022-01-06")
    annotate, desk.language.annotate = desk.language.annotate, _failing_at("d", desk.language)  # type: ignore[method-assign]
    with pytest.raises(RuntimeError, match="no words for d"):
        desk.add()
    assert sorted(desk.store.fingerprints()) == ["a", "b"]
    desk.language.annotate = annotate  # type: ignore[method-assign]
    assert desk.add() == IngestReport(added=("c", "d", "e"), unchanged=("a", "b"))
    assert desk.in_step()


def _failing_at(article_id: str, language: FakeLanguage) -> Any:
    annotate = language.annotate

    def fail(article: Article, passages: tuple[Passage, ...]) -> tuple[Passage, ...]:
        if article.id == article_id:
            raise RuntimeError(f"no words for {article_id}")
        return annotate(article, passages)

    return fail


# ---------------------------------------------------------- dates


def test_an_undated_article_gets_a_date_that_is_called_inferred(desk: Desk) -> None:
    desk.write("a", SPOKE)
    desk.write("b", "Talks were held.", published="2022-01-06")
    desk.add()
    published = desk.store.article("a").published
    assert published is not None
    assert (published.day, published.known) == (date(2022, 1, 6), Knowledge.INFERRED)
    assert published.how
    assert desk.language.seen[0].published == published


def test_dated_articles_that_come_later_fix_the_year_and_the_article_is_annotated_again(desk: Desk) -> None:
    desk.write("a", SPOKE)
    desk.add()
    first = desk.store.article("a").published
    desk.write("b", "Talks were held.", published="2015-01-06")
    assert desk.add() == IngestReport(added=("b",), unchanged=("a",), redated=("a",))
    published = desk.store.article("a").published
    assert published is not None
    assert (published.day, published != first) == (date(2015, 1, 6), True)
    assert desk.language.seen[-1] == desk.store.article("a")
    assert desk.add() == IngestReport(unchanged=("a", "b"))
    assert desk.in_step()


def test_a_date_that_rested_on_a_removed_article_is_inferred_anew(desk: Desk) -> None:
    desk.write("a", SPOKE)
    desk.add()
    alone = desk.store.article("a")
    desk.write("b", "Talks were held.", published="2015-01-06")
    desk.add()
    desk.ingest.remove("b")
    assert desk.store.article("a") == alone
    assert desk.in_step()


def test_dates_left_unsettled_by_a_killed_import_are_settled_by_the_next(desk: Desk) -> None:
    desk.write("a", SPOKE)
    desk.add()
    desk.store.write([(Article(id="b", text="Talks.", published=Published(day=date(2015, 1, 6))), ())])
    (desk.news / "a.json").unlink()
    assert desk.add().redated == ("a",)
    published = desk.store.header("a").published
    assert published is not None
    assert published.day == date(2015, 1, 6)


# ---------------------------------------------------------- the index


def test_a_saved_index_that_fits_is_loaded_and_no_other(desk: Desk, second: Desk) -> None:
    desk.write("a", "Crowds took to the streets of Almaty.", published="2022-01-06")
    desk.add()
    second.ingest.open_index()
    assert (second.engine.restored, second.found("almati")) == (1, ["a"])
    desk.store.remove("a")
    third = FakeEngine()
    Ingest(desk.store, desk.language, third, desk.data / "index").open_index()
    assert (third.restored, third.documents) == (0, {})


def test_a_missing_index_is_made_anew_and_saved(desk: Desk, second: Desk) -> None:
    desk.write("a", "Crowds took to the streets of Almaty.", published="2022-01-06")
    desk.add()
    (desk.data / "index" / "index.json").unlink()
    second.ingest.open_index()
    assert (second.engine.restored, second.found("almati")) == (0, ["a"])
    assert second.in_step()


def test_an_index_that_cannot_be_saved_is_told_and_the_articles_are_in(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    (desk.data / "index").write_text("a file in the way")
    desk.write("a", "Crowds took to the streets of Almaty.", published="2022-01-06")
    with caplog.at_level(logging.WARNING):
        assert desk.add().added == ("a",)
    assert desk.found("almati") == ["a"]
    assert "the index cannot be saved in" in caplog.text


# ---------------------------------------------------------- several at once


def test_refresh_brings_what_another_process_changed(desk: Desk, second: Desk) -> None:
    second.ingest.open_index()
    assert second.ingest.refresh() is False
    desk.write("a", "Crowds took to the streets of Almaty.", published="2022-01-06")
    desk.write("b", "Almaty was calm.", published="2022-01-06")
    desk.add()
    assert second.ingest.refresh() is True
    assert second.found("almati") == ["a", "b"]
    desk.ingest.remove("b")
    assert (second.ingest.refresh(), second.ingest.refresh()) == (True, False)
    assert second.found("almati") == ["a"]
    assert second.engine.documents == desk.engine.documents


def test_an_import_takes_along_what_another_process_wrote_meanwhile(
    desk: Desk, second: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ingest, "BATCH", 1)
    other = second.news / "other.txt"
    other.write_text("Almaty was calm.")
    for name in "abc":
        desk.write(name, "Crowds took to the streets of Almaty.", published="2022-01-06")

    def tell(done: int, total: int | None, _article_id: str) -> None:
        if (done, total) == (2, 3):
            second.ingest.add([other])

    desk.ingest.add([desk.news / f"{name}.json" for name in "abc"], tell)
    assert sorted(desk.found("almati")) == ["a", "b", "c", "other"]
    assert desk.in_step()
    second.ingest.refresh()
    assert second.engine.documents == desk.engine.documents


def test_refresh_does_not_wait_for_an_import_of_its_own_process(desk: Desk) -> None:
    desk.ingest.open_index()
    desk.write("a", "Crowds took to the streets of Almaty.", published="2022-01-06")
    returned: list[bool] = []

    def tell(_done: int, total: int | None, _article_id: str) -> None:
        if total:
            desk.store.write([(Article(id="x", text="x"), ())])
            thread = threading.Thread(target=lambda: returned.append(desk.ingest.refresh()))
            thread.start()
            thread.join(timeout=10)

    desk.ingest.add([desk.news], tell)
    assert returned == [False]
    assert desk.in_step()


# ---------------------------------------------------------- whatever happens, in any order


class Corpus(RuleBasedStateMachine):
    """Any order of imports, removals and restarts leaves exactly what a plain dictionary would."""

    folder: Path

    def __init__(self) -> None:
        super().__init__()
        self.expected: dict[str, str] = {}
        self.folder.mkdir(exist_ok=True)
        for old in (
            *self.folder.glob("data/*.sqlite*"),
            *self.folder.glob("data/index/*"),
            *self.folder.glob("news/*"),
        ):
            old.unlink()
        self.desk = Desk(self.folder)

    @rule(articles=st.dictionaries(st.sampled_from("abcd"), st.sampled_from(["One.", SPOKE, "Three."])))
    def add(self, articles: dict[str, str]) -> None:
        for name, text in articles.items():
            self.desk.write(name, text, **({"published": "2022-01-06"} if text == "Three." else {}))
        self.desk.ingest.add([self.desk.news / f"{name}.json" for name in articles])
        self.expected.update(articles)

    @rule(name=st.sampled_from("abcd"))
    def remove(self, name: str) -> None:
        if name in self.expected:
            self.desk.ingest.remove(name)
            del self.expected[name]

    @rule()
    def restart(self) -> None:
        self.desk.store.close()
        self.desk = Desk(self.folder)
        self.desk.ingest.open_index()
        assert self.desk.engine.restored == 1 or not self.expected

    @invariant()
    def holds_what_was_put_in(self) -> None:
        ids = self.desk.store.fingerprints()
        assert {article_id: self.desk.store.article(article_id).text for article_id in ids} == self.expected
        engine: Ranker = self.desk.engine
        if len(engine) or not self.expected:
            assert self.desk.engine.documents == {row.key: row for row in self.desk.store.documents()}

    def teardown(self) -> None:
        self.desk.store.close()


def test_any_order_of_changes_is_kept(tmp_path: Path) -> None:
    Corpus.folder = tmp_path / "corpus"
    test = Corpus.TestCase
    test.settings = settings(max_examples=15, stateful_step_count=8, deadline=None)
    test().runTest()
