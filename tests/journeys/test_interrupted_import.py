"""An import that is killed at any moment loses no article that was there before and leaves no half article."""

from __future__ import annotations

import json
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from retrieval.documents.passages import split_passages
from retrieval.index.ranker import open_ranker
from retrieval.ingest import Ingest
from retrieval.models import Article, Passage
from retrieval.storage.store import Store
from tests.paths import ROOT

ARTICLES, OLD = 200, 40
NEVER = -1  # killed once the import has said that it is finished
WORDS = ("talks", "crowds", "ministers", "the police", "a city", "fuel prices", "on Thursday", "early Jan. 5")


class PlainLanguage:
    def annotate(self, _article: Article, passages: tuple[Passage, ...]) -> tuple[Passage, ...]:
        return passages


def row(number: int, edition: str) -> dict[str, str]:
    """An article with a word of its own (``topic17new``); every third has no date."""
    choice = random.Random(number)
    sentences = (" ".join(choice.choices(WORDS, k=12)).capitalize() + "." for _ in range(8))
    text = f"A headline on topic{number}{edition}\n\n" + "\n\n".join(sentences)
    dated = {"published": f"2022-01-{1 + number % 28:02}"} if number % 3 else {}
    return {"id": f"n{number}", "text": text, **dated}


def write_news(folder: Path, numbers: range, edition: str) -> dict[str, str]:
    folder.mkdir()
    rows = [row(number, edition) for number in numbers]
    (folder / "news.jsonl").write_text("\n".join(json.dumps(each) for each in rows))
    return {each["id"]: each["text"] for each in rows}


class Scene:
    """A data folder with OLD articles in it, and newer editions of them and others to be imported."""

    def __init__(self, folder: Path) -> None:
        self.data, self.news = folder / "data", folder / "new"
        self.old = write_news(folder / "old", range(OLD), "old")
        self.new = write_news(self.news, range(ARTICLES), "new")
        store = Store(self.data / "dateline.sqlite")
        Ingest(store, PlainLanguage(), open_ranker("plus"), self.data / "index").add([folder / "old"])
        store.close()

    def import_and_kill(self, after: int, delay: float) -> int:
        """Imports in a process that is killed once it has done so many articles, and a moment; its return code."""
        worker = Path(__file__).with_name("importing_process.py")
        command = [sys.executable, str(worker), str(self.data), str(self.news)]
        root = ROOT
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, text=True, cwd=root, env={"PYTHONPATH": str(root)}
        ) as process:
            assert process.stdout is not None
            for line in process.stdout:
                if line.strip() == str(after) or line.startswith("finished"):
                    break
            time.sleep(delay)
            process.send_signal(signal.SIGKILL)
        return process.returncode

    def check(self) -> int:
        """Opens what the killed process left and looks through it; the number of articles."""
        with sqlite3.connect(self.data / "dateline.sqlite") as raw:
            assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert raw.execute("PRAGMA foreign_key_check").fetchall() == []
        raw.close()
        store = Store(self.data / "dateline.sqlite")
        fingerprints = store.fingerprints()
        assert set(self.old) <= set(fingerprints) <= set(self.new)
        for article_id, fingerprint in fingerprints.items():
            self._check_article(store, article_id, fingerprint)
        self._check_index(store)
        store.close()
        return len(fingerprints)

    def _check_article(self, store: Store, article_id: str, fingerprint: str) -> None:
        article = store.article(article_id)
        assert article.text in {self.old.get(article_id), self.new[article_id]}
        assert article.fingerprint == fingerprint
        assert store.passages_of(article_id) == split_passages(article)

    def _check_index(self, store: Store) -> None:
        engine = open_ranker("plus")
        Ingest(store, PlainLanguage(), engine, self.data / "index").open_index()
        assert len(engine) == store.profile().passages
        for article_id, text in {**self.new, **self.old}.items():
            is_there = article_id in store.fingerprints() and store.article(article_id).text == text
            topic = text.split("\n")[0].rpartition(" ")[2]
            found = store.passages([hit.key for hit in engine.top([topic], 3)])
            assert {stored.header.id for stored in found} == ({article_id} if is_there else set())


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    return Scene(tmp_path)


@pytest.mark.parametrize("after", [1, 77, 100, 150])
def test_a_killed_import_leaves_whole_articles_and_no_fewer(scene: Scene, after: int) -> None:
    delay = random.uniform(0, 0.02)
    code = scene.import_and_kill(after, delay)
    assert code == -signal.SIGKILL
    there = scene.check()
    assert OLD <= there < ARTICLES, f"killed {delay:.4f} s after article {after}"


def test_an_import_that_is_killed_again_and_again_comes_to_its_end(scene: Scene) -> None:
    for after in (50, 100, 200):
        scene.import_and_kill(after, random.uniform(0, 0.02))
        scene.check()
    scene.import_and_kill(NEVER, 0)
    assert scene.check() == ARTICLES
    store = Store(scene.data / "dateline.sqlite")
    assert {article_id: store.article(article_id).text for article_id in store.fingerprints()} == scene.new
    store.close()
