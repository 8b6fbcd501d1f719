"""The store's SQLite file: one connection reads and one writes, so that a question never waits for an import."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import resources
from pathlib import Path
from threading import RLock

from retrieval.storage.sqlite import Connection, DatabaseFormat, SQLiteDatabase


@cache
def corpus_format() -> DatabaseFormat:
    """What the store's file is."""
    migrations = sorted((resources.files("retrieval.storage") / "migrations").iterdir(), key=lambda file: file.name)
    return DatabaseFormat(
        name="the article store",
        migrations=[file.read_text(encoding="utf-8") for file in migrations],
        # FULL costs one sync a batch, and an import that was reported is there even after the power has failed
        pragmas=("foreign_keys = ON", "synchronous = FULL"),
        application_id=0x44544C4E,  # "DTLN": distinguishes our files from others'
        patience=30.0,  # longer than a batch of an import takes
        remedy="move it away and add the articles again",
    )


class CorpusDatabase(SQLiteDatabase):
    """The store's file; ``transaction`` writes, ``reading`` and ``snapshot`` read beside it.

    Raises StoreError where the file cannot be opened, read or written.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(path, corpus_format())
        self._reading = RLock()
        with self._as_store_error("opened"):
            try:
                self._reader = self._connect()
                self._reader.execute("PRAGMA query_only = ON")
            except BaseException:
                self._connection.close()
                raise

    def close(self) -> None:
        """Ends all access; what was written stays."""
        with self.reading() as reader:
            reader.close()
        super().close()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """The connection for reading, for this thread alone; may be entered again within."""
        with self._reading, self._as_store_error("read"):
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

    def _connect(self) -> Connection:
        connection = super()._connect()
        connection.row_factory = sqlite3.Row
        return connection
