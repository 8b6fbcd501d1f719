"""One SQLite file that many threads and processes read and write at once. The door to sqlite3.

One connection reads and one writes, each for one thread at a time; write-ahead logging lets both work side by side, and
lets a reader see what was committed and nothing else.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from importlib import resources
from pathlib import Path
from threading import RLock
from typing import Final

from retrieval.errors import StoreError

__all__ = ["Connection", "Database", "copy"]

Connection = sqlite3.Connection

PATIENCE: Final = 30.0  # seconds to wait while another process writes
_MARK: Final = 0x44544C4E  # "DTLN" as SQLite's application_id: tells our files from others'
_MIGRATIONS: Final = resources.files("retrieval.storage") / "migrations"
_ADVICE: Final = {
    "SQLITE_BUSY": "another process is writing to it; try again when that is done",
    "SQLITE_LOCKED": "another process is writing to it; try again when that is done",
    "SQLITE_NOTADB": "it is not a SQLite file; move it away or name another data folder",
    "SQLITE_CORRUPT": "the file is damaged; move it away and add the articles again",
    "SQLITE_READONLY": "it may not be written; allow it or name another data folder",
    "SQLITE_CANTOPEN": "its folder may not be written or it is no file; allow it or name another data folder",
    "SQLITE_FULL": "the disk is full; free some space and try again",
}


class Database:
    """The store's file, opened, made where there was none, and brought up to date.

    Everything raises StoreError, one sentence, where the file cannot be opened, read or written.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._reading, self._writing = RLock(), RLock()
        with self._speaking("opened"):
            path.parent.mkdir(parents=True, exist_ok=True)
            self._writer = _connection(path)
            try:
                _prepare(self._writer, path)
                self._reader = _connection(path)
            except BaseException:
                self._writer.close()
                raise
            self._reader.execute("PRAGMA query_only = ON")

    def close(self) -> None:
        """Ends all access; what was written stays."""
        with self._writing, self._reading, self._speaking("closed"):
            self._reader.close()
            self._writer.close()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """The connection for reading, for this thread alone; may be entered again within."""
        with self._reading, self._speaking("read"):
            yield self._reader

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """The connection for reading, on which every statement sees the same moment."""
        with self.reading() as reader:
            reader.execute("BEGIN")
            try:
                yield reader
            finally:
                reader.execute("COMMIT")

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """The connection for writing, in a transaction that is kept whole, or not at all where the block raises."""
        with self._writing, self._speaking("written"):
            self._writer.execute("BEGIN IMMEDIATE")
            try:
                yield self._writer
                self._writer.execute("COMMIT")
            except BaseException:
                _roll_back(self._writer)
                raise

    @contextmanager
    def _speaking(self, deed: str) -> Iterator[None]:
        """Turns SQLite's and the file system's errors into one sentence."""
        try:
            yield
        except sqlite3.Error as error:
            raise StoreError(f"the article store {self._path} cannot be {deed}: {_told(error)}") from error
        except OSError as error:
            raise StoreError(f"the article store {self._path} cannot be {deed}: {error.strerror}") from error


def copy(path: Path, to: Path) -> None:
    """Copy a SQLite file as it is at one moment, also while others write to it; the copy appears when it is whole.

    Raises StoreError where it cannot be read or written.
    """
    unfinished = to.with_name(f"{to.name}.part")
    try:
        with closing(sqlite3.connect(path, timeout=PATIENCE)) as there, closing(sqlite3.connect(unfinished)) as here:
            there.backup(here)
        unfinished.replace(to)
    except sqlite3.Error as error:
        unfinished.unlink(missing_ok=True)
        raise StoreError(f"{path} cannot be copied to {to}: {_told(error)}") from error


def _connection(path: Path) -> Connection:
    """A connection whose transactions are ours alone to begin and end.

    FULL costs one sync a batch, and an import that was reported is there even after the power has failed.
    """
    connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
    return connection


def _prepare(connection: Connection, path: Path) -> None:
    migrations = sorted(_MIGRATIONS.iterdir(), key=lambda file: file.name)
    version = _version(connection, path)
    if version > len(migrations):
        raise StoreError(
            f"the article store {path} was written by a newer Dateline (its version is {version}, this one knows "
            f"{len(migrations)}): update Dateline or name another data folder"
        )
    if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        connection.execute("PRAGMA journal_mode = WAL")
    if version < len(migrations):
        _migrate(connection, path, [file.read_text(encoding="utf-8") for file in migrations])


def _version(connection: Connection, path: Path) -> int:
    """The number of migrations the file has had; raises StoreError for a database that is not ours."""
    marks = "SELECT application_id, user_version FROM pragma_application_id, pragma_user_version"
    sql = f"SELECT *, (SELECT count(*) FROM sqlite_master) FROM ({marks})"  # noqa: S608
    mark, version, tables = connection.execute(sql).fetchone()
    if mark != _MARK and (mark or tables):
        raise StoreError(f"{path} is a database of another program, not Dateline's: name another data folder")
    return int(version)


def _migrate(connection: Connection, path: Path, migrations: Sequence[str]) -> None:
    """Runs what is missing in one transaction; another process may have done so since we looked."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        for script in migrations[_version(connection, path) :]:
            for statement in _statements(script):
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {_MARK}")
        connection.execute(f"PRAGMA user_version = {len(migrations)}")
        connection.execute("COMMIT")
    except BaseException:
        _roll_back(connection)
        raise


def _roll_back(connection: Connection) -> None:
    if connection.in_transaction:
        connection.execute("ROLLBACK")


def _statements(script: str) -> Iterator[str]:
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _told(error: sqlite3.Error) -> str:
    """What is wrong and what to do about it; SQLite's own words where that is not known."""
    name = getattr(error, "sqlite_errorname", "")
    return next((advice for start, advice in _ADVICE.items() if name.startswith(start)), str(error))
