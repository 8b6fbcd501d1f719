"""The store keeps articles and passages whole, tells what it has, and says in a sentence what is wrong with a file."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from retrieval.errors import StoreError, UnknownArticle
from retrieval.models import (
    Article,
    DateRange,
    Knowledge,
    Mention,
    MentionKind,
    Passage,
    Published,
    Sentence,
    Span,
    TextPart,
)
from retrieval.storage import corpus_database, store
from retrieval.storage.corpus_database import corpus_format
from retrieval.storage.rows import document_of
from retrieval.storage.store import Store, StoredPassage
from tests.paths import ROOT

TEXT = "Talks — held.\n\n😀 They met in Ankara."

FORMAT = corpus_format()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "dateline.sqlite"


@pytest.fixture
def kept(path: Path) -> Iterator[Store]:
    store = Store(path)
    yield store
    store.close()


def article(article_id: str = "a", text: str = TEXT, day: int | None = 6, outlet: str | None = "TASS") -> Article:
    published = Published(day=date(2022, 1, day), how="given with the article") if day else None
    return Article(id=article_id, text=text, title="Talks", outlet=outlet, published=published, url="https://a.example")


def passages(article: Article) -> tuple[Passage, ...]:
    """One passage a paragraph, with a sentence and a mention in each."""
    found, start = [], 0
    for ordinal, words in enumerate(article.text.split("\n\n")):
        span = Span(start=start, end=start + len(words))
        mention = Mention(span=Span(start=start, end=start + 1), kind=MentionKind.PLACE, value="ankara", how="named")
        sentence = Sentence(span=span, part=TextPart.HEADLINE if ordinal == 0 else TextPart.BODY, paragraph=ordinal)
        found.append(
            Passage(
                id=f"{article.id}#{ordinal}",
                article_id=article.id,
                span=span,
                text=words,
                heading=None if ordinal == 0 else "Talks — held.",
                sentences=(sentence,),
                mentions=(mention,),
            )
        )
        start = span.end + 2
    return tuple(found)


def put(store: Store, *articles: Article, dating: str = "") -> tuple[StoredPassage, ...]:
    return store.write([(each, passages(each)) for each in articles], dating).added


# ---------------------------------------------------------- what is written is there


def test_an_article_and_its_passages_come_back_as_they_were(kept: Store) -> None:
    full = article()
    bare = Article(id="b", text="Alone.")
    put(kept, full, bare)
    assert (kept.article("a"), kept.article("b")) == (full, bare)
    assert kept.article("a").fingerprint == full.fingerprint
    assert kept.passages_of("a") == passages(full)
    assert kept.header("a").model_dump() == full.model_dump(exclude={"text"})


@settings(max_examples=30, deadline=None)
@given(text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1))
def test_any_text_comes_back_as_it_was(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    store = Store(tmp_path_factory.mktemp("store") / "a.sqlite")
    whole = Passage(id="a#0", article_id="a", span=Span(start=0, end=len(text)), text=text)
    tail = Passage(id="a#1", article_id="a", span=Span(start=len(text) - 1, end=len(text)), text=text[-1])
    store.write([(Article(id="a", text=text), (whole, tail))])
    assert store.article("a").text == text
    assert store.passages_of("a") == (whole, tail)
    store.close()


def test_passages_come_in_the_order_asked_for_and_without_those_that_are_gone(kept: Store) -> None:
    keys = [stored.key for stored in put(kept, article("a"), article("b"))]
    asked = [keys[3], keys[0], 999, keys[2]]
    for _ in range(2):  # from the file, then from memory
        assert [stored.key for stored in kept.passages(asked)] == [keys[3], keys[0], keys[2]]
    kept.remove("b")
    assert [stored.key for stored in kept.passages(asked)] == [keys[0]]
    assert kept.passages([]) == ()


def test_a_stored_passage_knows_its_article(kept: Store) -> None:
    (first, second) = put(kept, article())
    assert (first.group, first.header) == (second.group, kept.header("a"))
    assert kept.passages([first.key, second.key]) == (first, second)
    assert kept.groups() == {first.group}


def test_more_passages_than_are_remembered_can_be_asked_for(kept: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "CACHED", 3)
    keys = [stored.key for stored in put(kept, article("a"), article("b"), article("c"))]
    assert [stored.key for stored in kept.passages(keys)] == keys
    assert len(kept._cache.passages) == 3


def test_documents_hold_what_is_ranked(kept: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "_CHUNK", 2)
    stored = put(kept, article("a"), article("b"))
    documents = list(kept.documents())
    assert documents == [document_of(row) for row in stored]
    assert {"talk", "ankara"} <= set(documents[1].terms)
    assert [document.key for document in kept.documents([stored[2].key, 999])] == [stored[2].key]


# ---------------------------------------------------------- replacing and removing


def test_a_written_article_takes_the_place_of_the_one_with_its_id(kept: Store) -> None:
    old = put(kept, article("a"), article("b"))
    written = kept.write([(changed := article("a", "Other words."), passages(changed))])
    assert written.removed == (old[0].key, old[1].key)
    assert [stored.passage.text for stored in written.added] == ["Other words."]
    assert kept.article("a") == changed
    assert kept.snapshot()[1] == {old[2].key, old[3].key, written.added[0].key}


def test_row_ids_are_never_given_out_twice(kept: Store) -> None:
    first = {stored.key for stored in put(kept, article())}
    kept.remove("a")
    second = put(kept, article())
    assert first.isdisjoint(stored.key for stored in second)
    assert {stored.group for stored in second}.isdisjoint({1})


def test_a_removed_article_is_gone(kept: Store) -> None:
    keys = [stored.key for stored in put(kept, article("a"), article("b"))]
    assert kept.remove("a").removed == tuple(keys[:2])
    assert set(kept.fingerprints()) == {"b"}
    assert kept.profile().passages == 2
    for ask in (kept.article, kept.header, kept.passages_of, kept.remove):
        with pytest.raises(UnknownArticle, match=r"^no article has the id 'a'; `dateline list` shows the ids$"):
            ask("a")


def test_the_last_of_two_articles_with_one_id_is_kept(kept: Store) -> None:
    put(kept, article("a", "One."), article("a", "Two."))
    assert kept.article("a").text == "Two."
    assert kept.profile().passages == 1


def test_a_passage_that_is_not_its_articles_is_not_written(kept: Store) -> None:
    put(kept, article("b"))
    before = kept.revision()
    false = passages(article("a", TEXT.replace("Ankara", "Moscow")))
    with pytest.raises(ValueError, match="passage a#1 is not number 1 of article a"):
        kept.write([(article("c"), passages(article("c"))), (article("a"), false)])
    assert (kept.revision(), set(kept.fingerprints())) == (before, {"b"})


def test_a_write_that_fails_leaves_everything_as_it_was(kept: Store) -> None:
    put(kept, article("a"))
    before = (kept.snapshot(), kept.article("a"))

    def entries() -> Iterator[tuple[Article, tuple[Passage, ...]]]:
        yield article("a", "Other."), passages(article("a", "Other."))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        kept.write(entries())
    assert (kept.snapshot(), kept.article("a")) == before
    wrong = (passages(article("b"))[0].model_copy(update={"sentences": ("no sentence",)}),)
    with pytest.raises(ValidationError):
        kept.write([(article("a", "Other."), passages(article("a", "Other."))), (article("b"), wrong)])
    assert (kept.snapshot(), kept.article("a")) == before


def test_a_revision_is_new_after_every_change_and_the_same_without_one(kept: Store) -> None:
    seen = [kept.revision()]
    put(kept, article())
    seen.append(kept.revision())
    put(kept, article())
    seen.append(kept.revision())
    kept.remove("a")
    seen.append(kept.revision())
    assert len(set(seen)) == 4
    written = kept.write([])
    assert (written.before, written.after, kept.revision()) == (seen[-1],) * 3
    with pytest.raises(UnknownArticle):
        kept.remove("a")
    assert kept.revision() == seen[-1]


# ---------------------------------------------------------- dates


def inferred(article: Article, day: int) -> Article:
    return article.model_copy(update={"published": Published(day=date(2022, 1, day), known=Knowledge.INFERRED)})


def test_stated_and_inferred_dates_are_told_apart(kept: Store) -> None:
    put(kept, article("stated"), inferred(article("guessed"), 5), article("unknown", day=None), dating="x")
    assert kept.dated() == {"stated": date(2022, 1, 6)}
    assert set(kept.undated("y")) == {"guessed", "unknown"}
    assert kept.undated("x") == ()
    revision = kept.revision()
    kept.settle(["guessed"], "y")
    assert (kept.undated("y"), kept.revision()) == (("unknown",), revision)


def test_a_date_is_not_inferred_for_what_another_process_changed(kept: Store) -> None:
    put(kept, article("a", day=None), article("b", "Newer words.", day=None))
    late = [inferred(article("a", day=None), 5), inferred(article("b", day=None), 5), inferred(article("c"), 5)]
    written = kept.write([(each, passages(each)) for each in late], unless_changed=True)
    assert {stored.passage.article_id for stored in written.added} == {"a"}
    assert set(kept.fingerprints()) == {"a", "b"}
    assert kept.article("b").text == "Newer words."


# ---------------------------------------------------------- what the corpus covers


def test_headers_come_newest_first_then_by_id_and_undated_last(kept: Store) -> None:
    put(
        kept, article("d", day=None), article("c", day=6), article("b", day=6), article("a", day=7), article("e", day=1)
    )
    assert [header.id for header in kept.headers()] == ["a", "b", "c", "e", "d"]


def test_groups_are_chosen_by_outlet_and_day(kept: Store) -> None:
    stored = put(kept, article("a", day=5), article("b", day=6, outlet="It's"), article("c", day=None, outlet=None))
    group = {row.passage.article_id: row.group for row in stored}
    assert kept.groups(["TASS"]) == {group["a"]}
    assert kept.groups(["TASS", "It's", "Nobody"]) == {group["a"], group["b"]}
    assert kept.groups(["Nobody"]) == frozenset()
    assert kept.groups([], DateRange(first=date(2022, 1, 6))) == {group["b"]}
    assert kept.groups([], DateRange(last=date(2022, 1, 5))) == {group["a"]}
    assert kept.groups(["TASS"], DateRange(first=date(2022, 1, 6), last=date(2022, 1, 6))) == frozenset()
    assert kept.groups([], DateRange()) == kept.groups() == set(group.values())


def test_a_profile_says_what_there_is_now(kept: Store) -> None:
    assert kept.profile().articles == 0
    put(kept, *(article(str(day), day=day) for day in range(1, 8)), article("none", day=None, outlet="AFP"))
    profile = kept.profile()
    assert (profile.articles, profile.passages, profile.outlets) == (8, 16, ("AFP", "TASS"))
    assert (profile.first, profile.last) == (date(2022, 1, 1), date(2022, 1, 7))
    assert [header.id for header in profile.newest] == ["7", "6", "5", "4", "3"]
    kept.remove("7")
    assert kept.profile().last == date(2022, 1, 6)


# ---------------------------------------------------------- threads and processes


def test_threads_read_while_one_writes(kept: Store) -> None:
    put(kept, article("a"))
    failures: list[BaseException] = []
    done = threading.Event()

    def ask() -> None:
        try:
            while not done.is_set():
                _, keys = kept.snapshot()
                texts = {stored.passage.text for stored in kept.passages(sorted(keys))}
                assert texts <= {"Talks — held.", "😀 They met in Ankara."}
                profile = kept.profile()
                assert profile.passages == 2 * profile.articles
        except BaseException as failure:
            failures.append(failure)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for number in range(40):
        put(kept, article("a"), article(str(number)))
    done.set()
    for thread in threads:
        thread.join()
    assert failures == []
    assert kept.profile().passages == 82


def test_another_store_on_the_same_file_sees_what_was_written(kept: Store, path: Path) -> None:
    other = Store(path)
    put(kept, article("a"))
    assert other.profile().articles == 1
    put(other, article("b"))
    assert [header.id for header in kept.headers()] == ["a", "b"]
    assert kept.revision() == other.revision()
    other.close()


def test_many_processes_may_make_the_store_at_once(path: Path) -> None:
    script = (
        "import sys, pathlib; from retrieval.storage.store import Store\n"
        "print(Store(pathlib.Path(sys.argv[1])).revision())"
    )
    command = [sys.executable, "-c", script, str(path)]
    racers = [subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) for _ in range(4)]
    revisions = {racer.communicate(timeout=60)[0] for racer in racers}
    assert [racer.returncode for racer in racers] == [0] * 4
    assert len(revisions) == 1


def test_a_closed_store_gives_its_file_back_whole(path: Path) -> None:
    store = Store(path)
    put(store, article())
    store.close()
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    with pytest.raises(StoreError, match="cannot be read"):
        store.revision()


# ---------------------------------------------------------- files that cannot be used


def test_a_store_of_a_newer_version_is_refused_and_left_alone(path: Path) -> None:
    Store(path).close()
    with sqlite3.connect(path) as newer:
        newer.execute("PRAGMA user_version = 99")
    newer.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match=r"newer Dateline \(its version is 99, this one knows \d+\): update Dateline"):
        Store(path)
    assert path.read_bytes() == before


def test_another_programs_database_is_refused_and_left_alone(path: Path) -> None:
    path.parent.mkdir()
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE recipes (name TEXT)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="is a database of another program"):
        Store(path)
    assert path.read_bytes() == before


def test_a_file_that_is_no_database_is_refused_and_left_alone(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("Dear diary, " * 200)
    with pytest.raises(StoreError, match=r"cannot be opened: it is not a SQLite file; move it away or name another"):
        Store(path)
    assert path.read_text().startswith("Dear diary")


def test_a_folder_in_place_of_the_file_is_refused(path: Path) -> None:
    path.mkdir(parents=True)
    with pytest.raises(StoreError, match="cannot be opened: its folder may not be written or it is no file"):
        Store(path)


def test_a_file_in_place_of_the_folder_is_refused(path: Path) -> None:
    path.parent.write_text("a file")
    with pytest.raises(StoreError, match="cannot be opened"):
        Store(path)


def test_a_damaged_file_is_named(path: Path) -> None:
    store = Store(path)
    put(store, *(article(str(number)) for number in range(200)))
    store.close()
    data = bytearray(path.read_bytes())
    data[8192:] = b"\xff" * (len(data) - 8192)
    path.write_bytes(data)
    store = Store(path)
    with pytest.raises(StoreError, match="the file is damaged; move it away and add the articles again"):
        list(store.documents())
    store.close()


def test_an_older_store_learns_what_its_passages_name(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corpus_database, "corpus_format", lambda: FORMAT._replace(migrations=FORMAT.migrations[:1]))
    store = Store(path)
    put(store, article())
    store.close()
    monkeypatch.undo()
    store = Store(path)
    assert [(name.value, name.articles) for name, _ in store.names(MentionKind.PLACE, None)] == [("ankara", 1)]
    store.close()
