"""A SQLite file whose tables keep their newest rows."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final

from retrieval.storage.sqlite import DatabaseFormat, SQLiteDatabase

# rows that may be added before the oldest are dropped: dropping takes about as long as 50 writes
SLACK: Final = 500

Statement = tuple[str, Sequence[object]]


class BoundedDatabase(SQLiteDatabase):
    """What the chats leave in one SQLite file, for several threads; ``clock`` gives seconds since 1970.

    Tables have a column ``number`` that grows. Everything raises StoreError where the file cannot be used.
    """

    def __init__(self, path: Path, form: DatabaseFormat, clock: Callable[[], float] = time.time) -> None:
        super().__init__(path, form)
        self._clock = clock
        self._added: dict[str, int] = {}

    def now(self) -> int:
        """The time in whole seconds since 1970."""
        return int(self._clock())

    def run_all(self, statements: Iterable[Statement]) -> list[int]:
        """Carry out statements in one transaction; returns how many rows each changed."""
        with self.transaction() as connection:
            return [connection.execute(sql, values).rowcount for sql, values in statements]

    def keep_newest(self, table: str, most: int, *, added: int = 1, droppable: str = "true") -> None:
        """Drop the oldest rows beyond ``most`` that are ``droppable``, at the first call and after each SLACK rows."""
        self._added[table] = self._added.get(table, SLACK) + added
        if self._added[table] >= SLACK:
            self._added[table] = 0
            oldest = f"number <= (SELECT max(number) FROM {table}) - ? AND {droppable}"  # noqa: S608
            self.run(f"DELETE FROM {table} WHERE {oldest}", most)  # noqa: S608

    def checkpoint(self) -> None:
        """Carry the write-ahead log over into the file, so that what was deleted is in neither."""
        self.rows("PRAGMA wal_checkpoint(TRUNCATE)")
