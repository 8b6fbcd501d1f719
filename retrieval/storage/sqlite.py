"""SQLite files: opened, brought up to date, shared by threads, their errors in one sentence each.

Write-ahead logging lets a process read while another writes; a reader sees what was committed and nothing else.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from threading import RLock
from types import TracebackType
from typing import Any, Final, NamedTuple, Self

from retrieval.errors import StoreError

Connection = sqlite3.Connection

_COPY_PATIENCE: Final = 30.0  # seconds to wait while another process writes, as long as an import may hold the file
_BUSY: Final = "another process is writing to it; try again when that is done"


class DatabaseFormat(NamedTuple):
    """What a database file is and how it is opened.

    ``migrations`` are scripts, oldest first; the file's ``user_version`` counts those it has had. ``pragmas`` are set
    on each connection, ``patience`` is how many seconds a statement waits while another process writes. A file whose
    ``application_id`` differs is refused where that is not 0. ``remedy`` says what to do with a damaged file.
    """

    name: str
    migrations: Sequence[str]
    pragmas: Sequence[str] = ()
    application_id: int = 0
    patience: float = 5.0  # sqlite3's own default
    remedy: str = "move it away"


class SQLiteDatabase:
    """One SQLite file for several threads and processes, made where there was none and migrated where it is older.

    Everything raises StoreError, one sentence, where the file cannot be opened, read or written, or was written by a
    newer version.

    >>> FORMAT = DatabaseFormat("the vote database", ["CREATE TABLE votes (voter INTEGER, verdict TEXT);"])
    >>> database = SQLiteDatabase(folder / "votes.sqlite3", FORMAT)  # doctest: +SKIP
    >>> database.run("INSERT INTO votes VALUES (?, ?)", 1, "good")  # doctest: +SKIP
    1
    """

    def __init__(self, path: Path, form: DatabaseFormat) -> None:
        self.path = path
        self._format = form
        self._lock = RLock()
        with self._as_store_error("opened"):
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = self._connect()
            try:
                self._migrate()
            except BaseException:
                self._connection.close()
                raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends all access; what was written stays."""
        with self.connection("closed") as connection:
            connection.close()

    def rows(self, sql: str, *values: object) -> list[Any]:
        """The rows that a query finds."""
        with self.connection("read") as connection:
            return connection.execute(sql, values).fetchall()

    def run(self, sql: str, *values: object) -> int:
        """Carries out one statement, a transaction of its own; returns how many rows it changed."""
        with self.connection("written") as connection:
            return connection.execute(sql, values).rowcount

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """The connection in a transaction that is kept whole, or not at all where the block raises."""
        with self.connection("written") as connection, _transaction(connection):
            yield connection

    @contextmanager
    def connection(self, action: str = "read") -> Iterator[Connection]:
        """The connection for this thread alone; may be entered again within. ``action`` names it in a StoreError."""
        with self._lock, self._as_store_error(action):
            yield self._connection

    def _connect(self) -> Connection:
        """A connection whose transactions are ours alone to begin and end."""
        connection = sqlite3.connect(
            self.path, timeout=self._format.patience, isolation_level=None, check_same_thread=False
        )
        for pragma in self._format.pragmas:
            connection.execute(f"PRAGMA {pragma}")
        return connection

    def _migrate(self) -> None:
        """Runs the migrations that are missing in one transaction; another process may run them at the same time."""
        connection, migrations = self._connection, self._format.migrations
        version = self._version()
        if version > len(migrations):
            raise StoreError(
                f"{self._format.name} {self.path} was written by a newer Dateline (its version is {version}, this one "
                f"knows {len(migrations)}): update Dateline or name another data folder"
            )
        if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
            connection.execute("PRAGMA journal_mode = WAL")
        if version == len(migrations):
            return
        with _transaction(connection):
            for statement in _statements(migrations[self._version() :]):
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {self._format.application_id}")
            connection.execute(f"PRAGMA user_version = {len(migrations)}")

    def _version(self) -> int:
        """The number of migrations the file has had; raises StoreError for a database that is not ours."""
        marks = "SELECT application_id, user_version FROM pragma_application_id, pragma_user_version"
        sql = f"SELECT *, (SELECT count(*) FROM sqlite_master) FROM ({marks})"  # noqa: S608
        mark, version, tables = self._connection.execute(sql).fetchone()
        if mark != self._format.application_id and (mark or tables):
            raise StoreError(f"{self.path} is a database of another program, not Dateline's: name another data folder")
        return int(version)

    @contextmanager
    def _as_store_error(self, action: str) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            reason = _reason(error, self._format.remedy)
            raise StoreError(f"{self._format.name} {self.path} cannot be {action}: {reason}") from error


def copy_database(path: Path, to: Path) -> None:
    """Copies a SQLite file as it is at one moment, also while others write to it; the copy appears when it is whole.

    Raises StoreError where it cannot be read or written.
    """
    unfinished = to.with_name(f"{to.name}.part")
    try:
        with (
            closing(sqlite3.connect(path, timeout=_COPY_PATIENCE)) as there,
            closing(sqlite3.connect(unfinished)) as here,
        ):
            there.backup(here)
        unfinished.replace(to)
    except sqlite3.Error as error:
        unfinished.unlink(missing_ok=True)
        raise StoreError(f"{path} cannot be copied to {to}: {_reason(error, 'move it away')}") from error


@contextmanager
def _transaction(connection: Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _statements(scripts: Sequence[str]) -> Iterator[str]:
    statement = ""
    for line in "\n".join(scripts).splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _reason(error: sqlite3.Error | OSError, remedy: str) -> str:
    """What is wrong and what to do about it; SQLite's own words where that is not known."""
    if isinstance(error, OSError):
        return error.strerror or str(error)
    advice = {
        "SQLITE_BUSY": _BUSY,
        "SQLITE_LOCKED": _BUSY,
        "SQLITE_NOTADB": "it is not a SQLite file; move it away or name another data folder",
        "SQLITE_CORRUPT": f"the file is damaged; {remedy}",
        "SQLITE_READONLY": "it may not be written; allow it or name another data folder",
        "SQLITE_CANTOPEN": "its folder may not be written or it is no file; allow it or name another data folder",
        "SQLITE_FULL": "the disk is full; free some space and try again",
    }
    name = getattr(error, "sqlite_errorname", "")
    return next((words for start, words in advice.items() if name.startswith(start)), str(error))
