"""The chat database opens files of every earlier version, and keeps what they hold."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date

import pytest

from bot.answering.dialogue.state import DialogueState
from bot.chat.persistence.answers import AnswerStore, ShownAnswer
from bot.chat.persistence.chat_database import MIGRATIONS, ChatDatabase
from bot.chat.persistence.conversations import Conversations
from bot.chat.persistence.preferences import AnswerLength, AnswerTrigger, Preferences, PreferenceStore
from bot.chat.persistence.votes import UnansweredQuestions, Verdict, Vote, VoteReason, VoteStore
from retrieval.errors import StoreError
from tests.paths import ROOT

FILE_OF_0_1_0 = ROOT / "tests" / "data" / "databases_0_1_0" / "memory.sql"
ANSWER = "jfydauxxupmtys76"


@pytest.fixture
def path(tmp_path):
    return tmp_path / "memory.sqlite3"


def schema(path) -> set[tuple[str, str]]:
    """Every table and index of a file, without white space."""
    with closing(sqlite3.connect(path)) as database:
        rows = database.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    return {(name, " ".join(sql.split())) for name, sql in rows}


def test_a_file_made_by_0_1_0_opens_with_all_that_is_in_it(path):
    with closing(sqlite3.connect(path)) as database:
        database.executescript(FILE_OF_0_1_0.read_text(encoding="utf-8"))
    with ChatDatabase(path) as database:
        answers = AnswerStore(database)
        found = answers.find(ANSWER)
        assert found is not None
        assert (found.question, found.day, found.short) == (
            "When did the ferry reach Dover?",
            date(2022, 1, 7),
            "4 May",
        )
        assert answers.shown(1001, 6) == ShownAnswer(answer=ANSWER, below_id=5, asker=1001)
        assert Conversations(database).at(1001, 6) == DialogueState(question="ferry")
        preferences = Preferences(when=AnswerTrigger.COMMANDED, length=AnswerLength.BRIEF, language="tr")
        assert PreferenceStore(database).of(-5) == preferences
        assert VoteStore(database).of(ANSWER, 1001) == Vote(verdict=Verdict.BAD, reason=VoteReason.DATE)
        assert [each.question for each in UnansweredQuestions(database).listed(5)] == ["Who stole it?"]
        assert database.rows("SELECT name, at FROM chores") == [("cleaning", 1789999000)]
        assert database.rows("SELECT before, after FROM moves") == [(-5, -1005)]


@pytest.mark.parametrize("version", range(len(MIGRATIONS) + 1))
def test_a_file_of_any_earlier_version_gets_the_tables_of_this_one(tmp_path, path, version):
    with closing(sqlite3.connect(path)) as database:
        database.executescript("".join(MIGRATIONS[:version]) + f"PRAGMA user_version = {version};")
    ChatDatabase(path).close()
    ChatDatabase(tmp_path / "new.sqlite3").close()
    assert schema(path) == schema(tmp_path / "new.sqlite3")


def test_what_0_1_0_made_has_the_tables_of_this_version(tmp_path, path):
    with closing(sqlite3.connect(path)) as database:
        database.executescript(FILE_OF_0_1_0.read_text(encoding="utf-8"))
    ChatDatabase(tmp_path / "new.sqlite3").close()
    assert schema(path) == schema(tmp_path / "new.sqlite3")


def test_a_file_that_is_no_database_is_named(path):
    path.write_text("this is no database" * 100)
    with pytest.raises(StoreError, match=r"memory\.sqlite3 cannot be opened: it is not a SQLite file; move it away"):
        ChatDatabase(path)


def test_a_file_of_a_newer_version_is_left_alone(path):
    ChatDatabase(path).close()
    with closing(sqlite3.connect(path)) as database:
        database.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    with pytest.raises(StoreError, match="written by a newer Dateline"):
        ChatDatabase(path)
