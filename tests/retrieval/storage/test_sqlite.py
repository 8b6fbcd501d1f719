"""A SQLite file: opened, migrated, shared by threads, its errors in one sentence each."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from retrieval.errors import StoreError
from retrieval.storage.sqlite import DatabaseFormat, SQLiteDatabase, copy_database

VOTES = DatabaseFormat("the vote database", ["CREATE TABLE votes (voter INTEGER UNIQUE, verdict TEXT);"], patience=0.05)
WITH_REASONS = VOTES._replace(migrations=[*VOTES.migrations, "ALTER TABLE votes ADD COLUMN reason TEXT;"])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "votes.sqlite3"


@pytest.fixture
def votes(path: Path) -> Iterator[SQLiteDatabase]:
    with SQLiteDatabase(path, VOTES) as database:
        yield database


def test_what_is_written_is_read(votes: SQLiteDatabase) -> None:
    assert votes.run("INSERT INTO votes VALUES (?, ?)", 1, "good") == 1
    assert votes.rows("SELECT verdict FROM votes WHERE voter = ?", 1) == [("good",)]
    assert votes.run("DELETE FROM votes WHERE voter = ?", 2) == 0


def test_what_was_written_outlives_closing(path: Path) -> None:
    with SQLiteDatabase(path, VOTES) as first:
        first.run("INSERT INTO votes VALUES (1, 'good')")
    with SQLiteDatabase(path, VOTES) as second:
        assert second.rows("SELECT * FROM votes") == [(1, "good")]
    with pytest.raises(StoreError, match=r"the vote database .*votes\.sqlite3 cannot be read"):
        second.rows("SELECT 1")


def test_a_transaction_is_kept_whole_or_not_at_all(votes: SQLiteDatabase) -> None:
    with votes.transaction() as connection:
        connection.execute("INSERT INTO votes VALUES (1, 'good')")
        connection.execute("INSERT INTO votes VALUES (2, 'bad')")
    with pytest.raises(StoreError, match="cannot be written: UNIQUE"), votes.transaction() as connection:
        connection.execute("INSERT INTO votes VALUES (3, 'good')")
        connection.execute("INSERT INTO votes VALUES (1, 'again')")
    with pytest.raises(KeyError), votes.transaction() as connection:
        connection.execute("DELETE FROM votes")
        raise KeyError
    assert votes.rows("SELECT voter FROM votes ORDER BY voter") == [(1,), (2,)]


def test_threads_take_turns(votes: SQLiteDatabase) -> None:
    def vote(voter: int) -> None:
        with votes.transaction() as connection:
            connection.execute("INSERT INTO votes VALUES (?, 'good')", (voter,))

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(vote, range(40)))
    assert votes.rows("SELECT count(*) FROM votes") == [(40,)]


def test_pragmas_hold_on_the_connection(path: Path) -> None:
    with SQLiteDatabase(path, VOTES._replace(pragmas=("secure_delete = ON",))) as database:
        assert database.rows("PRAGMA secure_delete") == [(1,)]
        assert database.rows("PRAGMA journal_mode") == [("wal",)]


def test_an_older_file_is_migrated_once_and_keeps_its_rows(path: Path) -> None:
    with SQLiteDatabase(path, VOTES) as old:
        old.run("INSERT INTO votes VALUES (1, 'good')")
    for _ in range(2):
        with SQLiteDatabase(path, WITH_REASONS) as new:
            assert new.rows("SELECT * FROM votes") == [(1, "good", None)]
            assert new.rows("PRAGMA user_version") == [(2,)]


def test_a_file_of_a_newer_version_is_refused(path: Path) -> None:
    SQLiteDatabase(path, WITH_REASONS).close()
    with pytest.raises(StoreError, match=r"newer Dateline \(its version is 2, this one knows 1\)"):
        SQLiteDatabase(path, VOTES)


def test_a_migration_that_fails_changes_nothing(path: Path) -> None:
    broken = VOTES._replace(migrations=["CREATE TABLE one (x);\nCREATE TABLE one (x);\n"])
    with pytest.raises(StoreError, match="table one already exists"):
        SQLiteDatabase(path, broken)
    with SQLiteDatabase(path, VOTES) as database:
        assert database.rows("SELECT name FROM sqlite_master WHERE type = 'table'") == [("votes",)]


def test_a_file_of_another_program_is_refused_where_ours_are_marked(path: Path) -> None:
    SQLiteDatabase(path, VOTES).close()
    with pytest.raises(StoreError, match="is a database of another program"):
        SQLiteDatabase(path, VOTES._replace(application_id=7))


def test_a_file_that_is_no_database_is_refused_and_left_alone(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("Dear diary, " * 200)
    with pytest.raises(StoreError, match="cannot be opened: it is not a SQLite file; move it away"):
        SQLiteDatabase(path, VOTES)
    assert path.read_text().startswith("Dear diary")


def test_a_damaged_file_comes_with_the_remedy(path: Path) -> None:
    form = VOTES._replace(remedy="move it away and start anew")
    with SQLiteDatabase(path, form) as database, database.transaction() as connection:
        connection.executemany("INSERT INTO votes VALUES (?, ?)", [(voter, "good" * 50) for voter in range(500)])
    data = bytearray(path.read_bytes())
    data[8192:] = b"\xff" * (len(data) - 8192)
    path.write_bytes(data)
    with SQLiteDatabase(path, form) as database, pytest.raises(StoreError, match="damaged; move it away and start"):
        database.rows("SELECT * FROM votes")


def test_a_file_that_another_process_keeps_locked_is_named(path: Path, votes: SQLiteDatabase) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="cannot be written: another process is writing to it; try again"):
            votes.run("INSERT INTO votes VALUES (1, 'good')")
        other.execute("ROLLBACK")
    assert votes.run("INSERT INTO votes VALUES (1, 'good')") == 1


def test_a_copy_holds_what_was_committed(votes: SQLiteDatabase, path: Path, tmp_path: Path) -> None:
    votes.run("INSERT INTO votes VALUES (1, 'good')")
    copy_database(path, tmp_path / "copy.sqlite3")
    with SQLiteDatabase(tmp_path / "copy.sqlite3", VOTES) as copied:
        assert copied.rows("SELECT * FROM votes") == [(1, "good")]


def test_a_copy_that_fails_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "torn").write_text("no database " * 100)
    with pytest.raises(StoreError, match="cannot be copied"):
        copy_database(tmp_path / "torn", tmp_path / "copy")
    assert [file.name for file in tmp_path.iterdir()] == ["torn"]
