"""Dateline over a data folder: what a new folder holds, filters, hits, and what another process changed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from bot import bootstrap
from bot.answering.models import Answer, NoAnswer, Reason
from bot.bootstrap import ORIGIN, Dateline
from bot.settings import Settings
from retrieval.errors import UnknownArticle
from retrieval.models import Mention, MentionKind, Span
from tests.extractive_reader.tiny_reader import make_folder

TODAY = date(2021, 5, 7)
FERRY = "DOVER, May 6, 2021. The ferry Pelican sank off Dover on May 4. Forty passengers of the ferry were saved."
STORM = "DOVER, May 6, 2021. A storm felled trees in Kent on May 5."

Open = Callable[..., Dateline]


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Open]:
    """Opens a data folder, the same at each call, and closes it at the end of the test."""
    made: list[Dateline] = []

    def open_folder(*, empty: bool = True) -> Dateline:
        made.append(bootstrap.build(Settings(data_dir=tmp_path / "data"), empty=empty))
        return made[-1]

    yield open_folder
    for dateline in made:
        dateline.close()


def written(folder: Path, name: str, text: str) -> Path:
    file = folder / f"{name}.txt"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_new_folder_has_the_seed_articles(opened: Open, tmp_path: Path) -> None:
    dateline = opened(empty=False)
    assert len(dateline.headers()) == dateline.profile().articles > 0
    assert (tmp_path / "data" / ORIGIN).read_text(encoding="utf-8") == "seeds\n"


def test_seed_articles_that_were_removed_stay_removed(opened: Open) -> None:
    first = opened(empty=False)
    for header in first.headers():
        first.remove(header.id)
    first.close()
    assert opened(empty=False).headers() == ()


def test_a_folder_that_began_empty_never_gets_the_seed_articles(opened: Open, tmp_path: Path) -> None:
    assert opened(empty=True).headers() == ()
    assert (tmp_path / "data" / ORIGIN).read_text(encoding="utf-8") == "empty\n"
    assert opened(empty=False).headers() == ()


def test_the_seed_articles_come_with_their_manifest() -> None:
    assert (bootstrap.seeds() / "manifest.toml").is_file()


def test_what_another_process_added_and_removed_is_answered_from(opened: Open, tmp_path: Path) -> None:
    first, second = opened(), opened()
    first.warm()
    second.add([written(tmp_path, "ferry", FERRY)])
    assert isinstance(first.answer("When did the ferry Pelican sink?", TODAY).reply, Answer)
    assert first.refresh() is False
    (header,) = second.headers()
    second.remove(header.id)
    reply = first.answer("When did the ferry Pelican sink?", TODAY).reply
    assert isinstance(reply, NoAnswer)
    assert reply.reason is Reason.EMPTY_CORPUS


def test_filters_choose_the_articles_and_the_trace_keeps_the_text(opened: Open, tmp_path: Path) -> None:
    dateline = opened()
    file = tmp_path / "ferry.jsonl"
    file.write_text(json.dumps({"id": "ferry", "text": FERRY, "published": "2021-05-06"}), encoding="utf-8")
    dateline.add([file])
    typed = "When did the ferry Pelican sink? after:2021-05-06"
    trace = dateline.answer(typed, TODAY)
    assert trace.text == typed
    assert isinstance(trace.reply, Answer)
    assert trace.reply.question.text == "When did the ferry Pelican sink?"
    assert isinstance(dateline.answer("When did the ferry Pelican sink? before:2021", TODAY).reply, NoAnswer)


@pytest.mark.parametrize(
    ("text", "limit", "articles"),
    [
        ("ferry Pelican", 5, ["ferry"]),
        ("Dover", 5, ["ferry", "storm"]),
        ("Dover", 1, ["ferry"]),
        ("Dover before:2021", 5, []),
        (" \n", 5, []),
    ],
)
def test_the_passages_nearest_to_words(
    opened: Open, tmp_path: Path, text: str, limit: int, articles: list[str]
) -> None:
    dateline = opened()
    dateline.add([written(tmp_path, "ferry", FERRY), written(tmp_path, "storm", STORM)])
    found = sorted(hit.header.id for hit in dateline.hits(text, limit, TODAY))
    assert len(found) == len(articles)
    assert limit == 1 or found == articles


def test_articles_by_their_id(opened: Open, tmp_path: Path) -> None:
    dateline = opened()
    report = dateline.add([written(tmp_path, "ferry", FERRY), tmp_path / "missing.txt"])
    (added,) = report.added
    assert len(report.refused) == 1
    assert dateline.article(added).text == FERRY
    assert all(FERRY[p.span.start : p.span.end] == p.text for p in dateline.passages_of(added))
    with pytest.raises(UnknownArticle):
        dateline.article("missing")


def test_words_that_somebody_quotes_are_a_conversation_of_their_own(opened: Open) -> None:
    dateline, words = opened(), "Anna Lund left Norway."
    state = dateline.state_about(words)
    assert [name.text for name in state.asked] == ["Anna Lund", "Norway"]
    known = Mention(span=Span(start=0, end=9), kind=MentionKind.ORGANISATION)
    assert [name.kind for name in dateline.state_about(words, (known,)).said][:1] == [MentionKind.ORGANISATION]


@pytest.fixture
def build(tmp_path, request):
    """Builds Dateline over the seeds with another reader."""

    def built(reader: Path | str | None) -> Dateline:
        dateline = bootstrap.build(Settings(data_dir=tmp_path / "data", reader=reader))
        request.addfinalizer(dateline.close)
        return dateline

    return built


def reader_warnings(caplog):
    return [line for line in caplog.messages if "by rules alone" in line]


def test_a_folder_names_the_reader(build, tmp_path, caplog):
    dateline = build(make_folder(tmp_path / "reader"))
    dateline.warm()
    assert dateline.reader_digest() == dateline.reader.digest is not None
    assert reader_warnings(caplog) == []


def test_a_folder_without_a_reader_is_logged_when_the_bot_starts_and_rules_answer(build, tmp_path, caplog):
    dateline = build(tmp_path / "nowhere")
    assert reader_warnings(caplog) == []
    dateline.warm()
    assert dateline.reader_digest() is None
    assert ["nowhere" in line for line in reader_warnings(caplog)] == [True]
    assert dateline.answer("When did the unrest reach Almaty?").reply.citations


def test_none_means_rules_alone_without_a_word(build, caplog):
    dateline = build("none")
    dateline.warm()
    assert (dateline.reader, dateline.reader_digest(), reader_warnings(caplog)) == (None, None, [])


def test_the_default_is_the_reader_in_the_package(build, tmp_path, monkeypatch):
    monkeypatch.setattr(bootstrap, "WEIGHTS", make_folder(tmp_path / "weights"))
    assert build(None).reader_digest() is not None


def test_building_does_not_load_the_reader(tmp_path, build):
    dateline = build(tmp_path / "later")
    make_folder(tmp_path / "later")
    assert dateline.reader_digest() is not None
