"""Statements are carried out all or none, and tables keep their newest rows."""

from __future__ import annotations

import pytest

from bot.chat.persistence import bounded_database
from bot.chat.persistence.bounded_database import BoundedDatabase
from retrieval.errors import StoreError
from retrieval.storage.sqlite import DatabaseFormat

FORMAT = DatabaseFormat(
    "the test database",
    ["CREATE TABLE rows (number INTEGER PRIMARY KEY AUTOINCREMENT, word TEXT UNIQUE);"],
    pragmas=("secure_delete = ON",),
)
INSERT = "INSERT INTO rows (word) VALUES (?)"


@pytest.fixture
def path(tmp_path):
    return tmp_path / "test.sqlite3"


@pytest.fixture
def database(path):
    with BoundedDatabase(path, FORMAT, clock=lambda: 1000.9) as database:
        yield database


def words(database: BoundedDatabase) -> list[str]:
    return [word for (word,) in database.rows("SELECT word FROM rows ORDER BY number")]


def test_time_is_in_whole_seconds(database):
    assert database.now() == 1000


def test_statements_say_how_many_rows_they_changed(database):
    changed = database.run_all([(INSERT, ("a",)), (INSERT, ("b",)), ("DELETE FROM rows WHERE word > ?", ("0",))])
    assert changed == [1, 1, 2]
    assert database.run_all([]) == []


def test_where_one_statement_fails_none_is_carried_out(database):
    database.run(INSERT, "a")
    with pytest.raises(StoreError, match=r"the test database .* cannot be written"):
        database.run_all([(INSERT, ("b",)), (INSERT, ("a",))])
    assert words(database) == ["a"]


def test_the_oldest_rows_go_at_the_first_call_and_then_each_so_many_rows(database, monkeypatch):
    monkeypatch.setattr(bounded_database, "SLACK", 3)
    lengths = []
    for number in range(8):
        database.run(INSERT, str(number))
        database.keep_newest("rows", 2)
        lengths.append(len(words(database)))
    assert lengths == [1, 2, 3, 2, 3, 4, 2, 3]
    assert words(database)[-1] == "7"


def test_rows_that_may_not_be_dropped_stay(database, monkeypatch):
    monkeypatch.setattr(bounded_database, "SLACK", 1)
    for word in ("keep", "b", "c", "d"):
        database.run(INSERT, word)
        database.keep_newest("rows", 1, droppable="word <> 'keep'")
    assert words(database) == ["keep", "d"]


def test_after_a_checkpoint_what_was_deleted_is_in_no_file(database, path):
    database.run(INSERT, "a very private word")
    database.run("DELETE FROM rows")
    database.checkpoint()
    assert all(b"very private" not in file.read_bytes() for file in path.parent.iterdir())
