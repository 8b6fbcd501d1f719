"""What is kept of the chats for longer than an update is in work, in one SQLite file.

The stores (``answers``, ``conversations``, ``preferences``, ``votes``) hold the statements for their own tables.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from bot.chat.persistence.bounded_database import BoundedDatabase
from retrieval.storage.sqlite import DatabaseFormat

FILE: Final = "memory.sqlite3"
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
FORMAT: Final = DatabaseFormat(
    "the chat database",
    MIGRATIONS,
    pragmas=("synchronous = NORMAL", "secure_delete = ON"),  # what is deleted leaves the file, too
    remedy="move it away to start without answers, votes and settings",
)


class ChatDatabase(BoundedDatabase):
    """Answers, conversations, votes and preferences; ``clock`` gives seconds since 1970.

    Raises StoreError where the file cannot be used or was written by a newer version.
    """

    def __init__(self, path: Path, clock: Callable[[], float] = time.time) -> None:
        super().__init__(path, FORMAT, clock)
