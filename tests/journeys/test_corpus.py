"""From the seed files to ranked, annotated passages, through the real rooms."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from retrieval.entities.recogniser import EntityRecogniser
from retrieval.index.ranker import open_ranker
from retrieval.ingest import Ingest, IngestReport
from retrieval.models import DateRange, Knowledge, MentionKind, Query, TextPart
from retrieval.search.searcher import Searcher
from retrieval.storage.store import Store
from retrieval.text.tokens import index_terms
from tests.paths import SEEDS

BY_HEADLINE, BY_TASS = "000_e8299791b4f47585", "004_ace7756d0895ef8d"


class Dateline:
    """Everything that retrieval is, over one data folder."""

    def __init__(self, folder: Path) -> None:
        self.store = Store(folder / "dateline.sqlite")
        self.engine = open_ranker("plus")
        self.ingest = Ingest(self.store, EntityRecogniser(), self.engine, folder / "index")
        self.search = Searcher(self.store, self.engine)

    def first(self, words: str) -> str:
        """The words of the best passage."""
        hits = self.search.find(Query(terms=index_terms(words))).hits
        return hits[0].passage.text if hits else ""


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("filled")
    dateline = Dateline(folder)
    assert dateline.ingest.add([SEEDS]) == IngestReport(added=(BY_HEADLINE, BY_TASS))
    dateline.store.close()
    yield folder


@pytest.fixture
def dateline(filled: Path, tmp_path: Path) -> Iterator[Dateline]:
    """A restart on a copy of the filled data folder."""
    shutil.copytree(filled, tmp_path / "data")
    dateline = Dateline(tmp_path / "data")
    dateline.ingest.open_index()
    yield dateline
    dateline.store.close()


def test_what_is_known_of_the_seeds_is_known_as_what_it_is(dateline: Dateline) -> None:
    first, second = (dateline.store.header(article_id) for article_id in (BY_HEADLINE, BY_TASS))
    assert (first.title, first.outlet) == ("Turkish, Russian top diplomats discuss Kazakhstan, Ukraine", None)
    assert (second.title, second.outlet) == (None, "TASS")
    assert first.published is not None
    assert second.published is not None
    assert (first.published.day, first.published.known) == (date(2022, 1, 6), Knowledge.INFERRED)
    assert (second.published.day, second.published.known) == (date(2022, 1, 6), Knowledge.STATED)
    assert "early Jan. 6" in first.published.how


def test_the_profile_covers_both_seeds(dateline: Dateline) -> None:
    profile = dateline.store.profile()
    assert (profile.articles, profile.outlets) == (2, ("TASS",))
    assert profile.first == profile.last == date(2022, 1, 6)
    assert [header.id for header in profile.newest] == [BY_HEADLINE, BY_TASS]


def test_every_word_of_the_seeds_lies_in_a_passage_and_every_offset_is_true(dateline: Dateline) -> None:
    for article_id in (BY_HEADLINE, BY_TASS):
        text = (SEEDS / f"{article_id}.txt").read_bytes().decode()
        bare = list(text)
        for passage in dateline.store.passages_of(article_id):
            assert passage.span.of(text) == passage.text
            for mention in passage.mentions:
                assert passage.words_of(mention.span) == mention.span.of(text)
            for sentence in passage.sentences:
                bare[sentence.span.start : sentence.span.end] = " " * (sentence.span.end - sentence.span.start)
        assert "".join(bare).strip() == ""


def test_headline_dateline_and_subhead_are_not_body(dateline: Dateline) -> None:
    parts = {
        passage.words_of(sentence.span): sentence.part
        for article_id in (BY_HEADLINE, BY_TASS)
        for passage in dateline.store.passages_of(article_id)
        for sentence in passage.sentences
    }
    assert parts["Turkish, Russian top diplomats discuss Kazakhstan, Ukraine"] is TextPart.HEADLINE
    assert parts["ANKARA"] is TextPart.DATELINE
    assert parts["NATO ministers meet on Friday"] is TextPart.SUBHEAD
    assert parts["date 2022-01-06 ANKARA, January 6. /TASS/."] is TextPart.DATELINE


def test_dates_are_counted_from_the_article_also_from_an_inferred_one(dateline: Dateline) -> None:
    values = {
        (article_id, passage.words_of(mention.span)): mention.value
        for article_id in (BY_HEADLINE, BY_TASS)
        for passage in dateline.store.passages_of(article_id)
        for mention in passage.mentions
        if mention.kind is MentionKind.DATE
    }
    assert values[BY_TASS, "Two days later"] == "2022-01-04"
    assert values[BY_TASS, "December 17"] == "2021-12-17"
    assert values[BY_HEADLINE, "Friday"] == "2022-01-07"


def test_the_right_passage_is_found_in_an_index_that_was_saved(dateline: Dateline) -> None:
    assert "Two days later, the protests engulfed Almaty" in dateline.first("When did the unrest reach Almaty?")
    assert "Mustafa Şentop" in dateline.first("Who is Mustafa Sentop?")
    assert dateline.store.groups(["TASS"], DateRange(first=date(2022, 1, 6))) < dateline.store.groups()


def test_adding_the_seeds_again_changes_nothing(dateline: Dateline) -> None:
    revision = dateline.store.revision()
    assert dateline.ingest.add([SEEDS]) == IngestReport(unchanged=(BY_HEADLINE, BY_TASS))
    assert dateline.store.revision() == revision


def test_a_removed_seed_is_gone_and_the_others_year_with_it(dateline: Dateline) -> None:
    dateline.ingest.remove(BY_TASS)
    assert "Almaty" not in dateline.first("Almaty")
    assert {hit.header.id for hit in dateline.search.find(Query(terms=index_terms("Lavrov"))).hits} == {BY_HEADLINE}
    assert dateline.store.header(BY_HEADLINE).published is None
    dateline.ingest.add([SEEDS])
    published = dateline.store.header(BY_HEADLINE).published
    assert published is not None
    assert published.day == date(2022, 1, 6)


def test_a_changed_article_answers_with_its_new_words_only(dateline: Dateline, tmp_path: Path) -> None:
    text = (SEEDS / f"{BY_TASS}.txt").read_text(encoding="utf-8")
    path = tmp_path / f"{BY_TASS}.txt"
    path.write_text(text.replace("flashbangs", "water cannon"), encoding="utf-8")
    assert dateline.ingest.add([path]).replaced == (BY_TASS,)
    assert "water cannon" in dateline.first("water cannon")
    assert "flashbangs" not in dateline.first("flashbangs")
    assert len(dateline.engine) == dateline.store.profile().passages


def test_a_bot_in_another_process_takes_up_what_was_added(dateline: Dateline, tmp_path: Path) -> None:
    other = Dateline(tmp_path / "data")
    other.ingest.open_index()
    path = tmp_path / "news.txt"
    path.write_text("A volcano erupted near Grindavik on Friday, the police said.", encoding="utf-8")
    dateline.ingest.add([path])
    assert other.first("volcano") == ""
    assert other.ingest.refresh()
    assert "Grindavik" in other.first("volcano")
    other.store.close()
