"""A lock on a data folder for one serving process."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from retrieval.errors import StoreError

FILE: Final = "serving"


@contextmanager
def serving_alone(folder: Path) -> Iterator[None]:
    """Lock a folder for this process: two that serve Telegram from it would both resume the same questions.

    SQLite's lock works on every platform and ends with the process, however that ends. Raises StoreError where another
    process has it.
    """
    with closing(sqlite3.connect(folder / FILE, timeout=0, isolation_level=None)) as lock:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            raise StoreError(f"{folder}: another Dateline serves Telegram from this folder; end that one") from error
        yield
