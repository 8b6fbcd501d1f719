"""What is worth remembering of the chats for longer than an update lives, in one SQLite file.

The rooms that use it (``answers``, ``feedback``, ``preferences``) hold the statements for their own tables.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Any, Final, Self

from retrieval.errors import StoreError

FILE: Final = "memory.sqlite3"
# rows that may pile up before the oldest are dropped
SLACK: Final = 500

MIGRATIONS: Final = (
    """
    CREATE TABLE answers (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        at INTEGER NOT NULL,
        record TEXT NOT NULL
    );
    CREATE TABLE shown (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        at INTEGER NOT NULL,
        chat_id INTEGER NOT NULL,
        message_id INTEGER NOT NULL,
        below_id INTEGER NOT NULL,
        answer TEXT NOT NULL,
        asker INTEGER,
        UNIQUE (chat_id, message_id)
    );
    CREATE INDEX shown_by_asker ON shown (asker);
    """,
    """
    CREATE TABLE votes (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        at INTEGER NOT NULL,
        answer TEXT NOT NULL,
        voter INTEGER NOT NULL,
        verdict TEXT NOT NULL,
        reason TEXT,
        by_reaction INTEGER NOT NULL,
        record TEXT NOT NULL,
        UNIQUE (answer, voter)
    );
    CREATE TABLE silences (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        at INTEGER NOT NULL,
        bare TEXT NOT NULL UNIQUE,
        question TEXT NOT NULL,
        reason TEXT NOT NULL,
        asked INTEGER NOT NULL
    );
    """,
    """
    CREATE TABLE preferences (chat_id INTEGER PRIMARY KEY, record TEXT NOT NULL);
    """,
    """
    CREATE TABLE turns (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        at INTEGER NOT NULL,
        chat_id INTEGER NOT NULL,
        message_id INTEGER NOT NULL,
        turn TEXT NOT NULL,
        UNIQUE (chat_id, message_id)
    );
    """,
    """
    ALTER TABLE turns ADD COLUMN asker INTEGER;
    CREATE TABLE chores (name TEXT PRIMARY KEY, at INTEGER NOT NULL);
    CREATE TABLE moves (before INTEGER PRIMARY KEY, after INTEGER NOT NULL);
    """,
)


class ChatDatabase:
    """One SQLite file for several threads; ``clock`` gives seconds since 1970.

    Raises StoreError where the file cannot be opened or was written by a newer version.
    """

    def __init__(self, path: Path, clock: Callable[[], float] = time.time) -> None:
        self._lock = Lock()
        self._clock = clock
        self._since: dict[str, int] = {}
        try:
            self._database = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
            self._prepare()
        except sqlite3.Error as error:
            raise StoreError(f"{path}: {error}; move the file away to start without what it remembers") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        with self._lock:
            self._database.close()

    def now(self) -> int:
        """The time in whole seconds since 1970."""
        return int(self._clock())

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """What a query finds."""
        with self._lock:
            return self._database.execute(sql, values).fetchall()

    def run(self, sql: str, *values: object) -> int:
        """Carry out a statement; how many rows it changed."""
        with self._lock:
            return self._database.execute(sql, values).rowcount

    def run_all(self, statements: Iterable[tuple[str, tuple[object, ...]]]) -> None:
        """Carry out statements in one transaction."""
        several = list(statements)
        with self._lock, self._database:
            if len(several) > 1:  # one alone is a transaction of its own
                self._database.execute("BEGIN")
            for sql, values in several:
                self._database.execute(sql, values)

    def keep_newest(self, table: str, most: int) -> None:
        """Drop the oldest rows of a table beyond ``most``, every so many calls and on the first."""
        calls = self._since.get(table, SLACK)
        self._since[table] = (calls + 1) if calls < SLACK else 1
        if calls >= SLACK:
            self.run(f"DELETE FROM {table} WHERE number <= (SELECT max(number) FROM {table}) - ?", most)  # noqa: S608

    def settle(self) -> None:
        """Carry what was written over into the file itself, so that what is forgotten stands nowhere any more."""
        self.rows("PRAGMA wal_checkpoint(TRUNCATE)")

    def _prepare(self) -> None:
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.execute("PRAGMA synchronous = NORMAL")
        self._database.execute("PRAGMA busy_timeout = 5000")
        self._database.execute("PRAGMA secure_delete = ON")  # what is forgotten leaves the file, too
        version = self._database.execute("PRAGMA user_version").fetchone()[0]
        if version > len(MIGRATIONS):
            raise sqlite3.DatabaseError("written by a newer version of Dateline")
        for number, script in enumerate(MIGRATIONS[version:], version + 1):
            self._database.executescript(f"BEGIN; {script} PRAGMA user_version = {number}; COMMIT;")
