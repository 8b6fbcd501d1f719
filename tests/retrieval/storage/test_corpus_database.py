"""The store's file: a reader beside a writer, and migrations that are numbered."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from importlib import resources
from pathlib import Path

import pytest

from retrieval.errors import StoreError
from retrieval.storage import corpus_database
from retrieval.storage.corpus_database import CorpusDatabase, corpus_format

FORMAT = corpus_format()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "corpus.sqlite"


@pytest.fixture
def database(path: Path) -> Iterator[CorpusDatabase]:
    with CorpusDatabase(path) as opened:
        yield opened


def test_migrations_are_numbered_without_gaps() -> None:
    names = sorted(file.name for file in (resources.files("retrieval.storage") / "migrations").iterdir())
    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))
    assert all(name.endswith(".sql") for name in names)
    assert len(FORMAT.migrations) == len(names)


def test_a_snapshot_does_not_see_what_is_written_meanwhile(database: CorpusDatabase) -> None:
    with database.snapshot() as reader:
        (before,) = reader.execute("SELECT revision FROM corpus").fetchone()
        database.run("UPDATE corpus SET revision = ?", "another")
        assert tuple(reader.execute("SELECT revision FROM corpus").fetchone()) == (before,)
    with database.reading() as reader:
        assert reader.execute("SELECT revision FROM corpus").fetchone()["revision"] == "another"


def test_the_reading_connection_cannot_write(database: CorpusDatabase) -> None:
    with pytest.raises(StoreError, match="cannot be read"), database.reading() as reader:
        reader.execute("DELETE FROM corpus")


def test_what_an_import_reported_survives_a_power_cut(database: CorpusDatabase) -> None:
    full = 2
    assert [row[0] for row in database.rows("PRAGMA synchronous")] == [full]


def test_a_file_that_another_process_keeps_locked_is_named(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corpus_database, "corpus_format", lambda: FORMAT._replace(patience=0.05))
    with CorpusDatabase(path) as database, closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="cannot be written: another process is writing to it; try again"):
            database.run("UPDATE corpus SET revision = ?", "mine")
        with database.reading() as reader:
            assert reader.execute("SELECT count(*) FROM corpus").fetchone()[0] == 1
        other.execute("ROLLBACK")
        assert database.run("UPDATE corpus SET revision = ?", "mine") == 1


def test_an_older_file_is_brought_up_to_date(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    more = "-- more\nCREATE TABLE more (x);\nINSERT INTO more VALUES (';');\n"
    CorpusDatabase(path).close()
    monkeypatch.setattr(
        corpus_database, "corpus_format", lambda: FORMAT._replace(migrations=[*FORMAT.migrations, more])
    )
    with CorpusDatabase(path) as newer:
        assert [row["x"] for row in newer.rows("SELECT x FROM more")] == [";"]
        assert [row[0] for row in newer.rows("PRAGMA user_version")] == [len(FORMAT.migrations) + 1]
