"""What the chat side remembers across restarts, in SQLite: answered updates, and which messages answer which question.

Everything here may be forgotten; nothing of the corpus lies in it. Both tables keep their newest rows only.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Self

from retrieval.errors import StoreError
from retrieval.models import Record

# rows kept of each table
MOST = {"handled": 20_000, "answers": 20_000}
# rows that may pile up before the oldest are dropped
SLACK = 500

MIGRATIONS = (
    """
    CREATE TABLE handled (number INTEGER PRIMARY KEY AUTOINCREMENT, update_id INTEGER NOT NULL UNIQUE);
    CREATE TABLE answers (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        chat_id INTEGER NOT NULL,
        question_id INTEGER NOT NULL,
        part INTEGER NOT NULL,
        message_id INTEGER NOT NULL,
        fingerprint TEXT NOT NULL,
        UNIQUE (chat_id, question_id, part)
    );
    """,
)


class Sent(Record):
    """A message the bot sent: its id in its chat, and a fingerprint of what it says."""

    message_id: int
    fingerprint: str


class ChatState:
    """The chat side's memory in one SQLite file; usable from several threads.

    Raises StoreError where the file cannot be opened or was written by a newer version.
    """

    def __init__(self, path: Path) -> None:
        self._lock = Lock()
        self._since = dict.fromkeys(MOST, 0)
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

    def is_handled(self, update_id: int) -> bool:
        """Whether this update was dealt with before."""
        return bool(self._rows("SELECT 1 FROM handled WHERE update_id = ?", (update_id,)))

    def mark_handled(self, update_id: int) -> None:
        """Remember that this update was dealt with."""
        with self._lock:
            self._database.execute("INSERT OR IGNORE INTO handled (update_id) VALUES (?)", (update_id,))
            self._grown("handled")

    def answer_to(self, chat_id: int, question_id: int) -> tuple[Sent, ...]:
        """The messages that answer a question's message, in order; none where it was not answered."""
        rows = self._rows(
            "SELECT message_id, fingerprint FROM answers WHERE chat_id = ? AND question_id = ? ORDER BY part",
            (chat_id, question_id),
        )
        return tuple(Sent(message_id=message_id, fingerprint=fingerprint) for message_id, fingerprint in rows)

    def is_answer(self, chat_id: int, message_id: int) -> bool:
        """Whether a message of the chat is known as an answer, or a part of one."""
        query = "SELECT 1 FROM answers WHERE chat_id = ? AND message_id = ?"
        return bool(self._rows(query, (chat_id, message_id)))

    def remember_answer(self, chat_id: int, question_id: int, messages: Iterable[Sent]) -> None:
        """Let these messages be the answer to a question's message, in place of any earlier ones."""
        rows = [(chat_id, question_id, part, sent.message_id, sent.fingerprint) for part, sent in enumerate(messages)]
        with self._lock, self._database:
            self._database.execute("BEGIN")
            self._database.execute("DELETE FROM answers WHERE chat_id = ? AND question_id = ?", (chat_id, question_id))
            self._database.executemany(
                "INSERT INTO answers (chat_id, question_id, part, message_id, fingerprint) VALUES (?, ?, ?, ?, ?)", rows
            )
            self._grown("answers")

    def _rows(self, query: str, values: tuple[int, ...]) -> list[tuple[int, str]]:
        with self._lock:
            return self._database.execute(query, values).fetchall()

    def _grown(self, table: str) -> None:
        self._since[table] += 1
        if self._since[table] >= SLACK:
            self._drop_oldest(table)

    def _drop_oldest(self, table: str) -> None:
        self._since[table] = 0
        self._database.execute(
            f"DELETE FROM {table} WHERE number <= (SELECT max(number) FROM {table}) - ?",  # noqa: S608
            (MOST[table],),
        )

    def _prepare(self) -> None:
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.execute("PRAGMA synchronous = NORMAL")
        version = self._database.execute("PRAGMA user_version").fetchone()[0]
        if version > len(MIGRATIONS):
            raise sqlite3.DatabaseError("written by a newer version of Dateline")
        for number, script in enumerate(MIGRATIONS[version:], version + 1):
            self._database.executescript(f"BEGIN; {script} PRAGMA user_version = {number}; COMMIT;")
        for table in MOST:
            self._drop_oldest(table)
