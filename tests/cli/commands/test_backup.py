"""A backup is whole, taken at one moment while others write, and never overwrites anything."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from bot.chat.persistence.chat_database import ChatDatabase
from bot.cli.main import main
from retrieval.errors import StoreError
from retrieval.storage.sqlite import copy_database
from tests.factories import FakeDateline


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with what the chats left and an article store."""
    folder = tmp_path / "data"
    folder.mkdir()
    with closing(sqlite3.connect(folder / "dateline.sqlite")) as store:
        store.execute("CREATE TABLE articles (id)")
    ChatDatabase(folder / "memory.sqlite3").close()
    (folder / "origin").write_text("seeds\n")
    return folder


def run(*words: object) -> int:
    return main([str(word) for word in words], build=lambda settings, empty: FakeDateline())


def test_everything_is_copied_and_said(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--data", data, "backup", tmp_path / "there" / "today") == 0
    copied = {file.name for file in (tmp_path / "there" / "today").iterdir()}
    assert copied == {"dateline.sqlite", "memory.sqlite3", "origin"}
    assert "Copied dateline.sqlite, memory.sqlite3 to" in capsys.readouterr().out
    ChatDatabase(tmp_path / "there" / "today" / "memory.sqlite3").close()


def test_a_folder_that_holds_something_is_left_alone(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / "memory.sqlite3").write_text("precious")
    assert run("--data", data, "backup", kept) == 2
    assert "is not empty" in capsys.readouterr().err
    assert (kept / "memory.sqlite3").read_text() == "precious"


def test_a_folder_without_articles_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--data", tmp_path / "nothing", "backup", tmp_path / "there") == 2
    assert "is no data folder of Dateline" in capsys.readouterr().err
    assert not (tmp_path / "there").exists()


def test_a_file_that_is_no_database_is_named_and_leaves_no_copy(tmp_path: Path) -> None:
    (tmp_path / "torn").write_bytes(b"this is no database" * 500)
    with pytest.raises(StoreError, match="torn cannot be copied"):
        copy_database(tmp_path / "torn", tmp_path / "copy")
    assert [file.name for file in tmp_path.iterdir()] == ["torn"]


def test_a_copy_is_of_one_moment_while_another_writes(tmp_path: Path) -> None:
    path, stop = tmp_path / "busy", threading.Event()

    def write_pairs() -> None:
        with closing(sqlite3.connect(path, isolation_level=None, timeout=30)) as writer:
            number = 0
            while not stop.is_set():
                number += 1
                writer.execute("BEGIN IMMEDIATE")
                writer.execute("INSERT INTO pairs VALUES (?)", (number,))
                writer.execute("INSERT INTO pairs VALUES (?)", (-number,))
                writer.execute("COMMIT")

    with closing(sqlite3.connect(path)) as first:
        first.execute("PRAGMA journal_mode = WAL")
        first.execute("CREATE TABLE pairs (number)")
        first.commit()
    writer = threading.Thread(target=write_pairs)
    writer.start()
    try:
        for number in range(10):
            copy_database(path, tmp_path / f"copy{number}")
    finally:
        stop.set()
        writer.join()
    for number in range(10):
        with closing(sqlite3.connect(tmp_path / f"copy{number}")) as copied:
            assert copied.execute("SELECT coalesce(sum(number), 0) FROM pairs").fetchone() == (0,)
            assert copied.execute("PRAGMA integrity_check").fetchone() == ("ok",)
