"""The chat side's memory survives restarts and stays small."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.chat import state as rooms
from bot.chat.state import ChatState, Sent
from retrieval.errors import StoreError


@pytest.fixture
def path(tmp_path):
    return tmp_path / "chat.sqlite3"


def sent(number: int) -> Sent:
    return Sent(message_id=number, fingerprint=f"f{number}")


def test_a_handled_update_is_known_after_a_restart(path):
    with ChatState(path) as state:
        assert not state.is_handled(7)
        state.mark_handled(7)
        state.mark_handled(7)
    with ChatState(path) as state:
        assert state.is_handled(7)
        assert not state.is_handled(8)


def test_an_answer_is_found_by_its_question_after_a_restart_and_replaced_whole(path):
    with ChatState(path) as state:
        state.remember_answer(-100, 5, [sent(6), sent(7)])
        state.remember_answer(-100, 8, [sent(9)])
        state.remember_answer(1001, 5, [sent(70)])
    with ChatState(path) as state:
        assert state.answer_to(-100, 5) == (sent(6), sent(7))
        state.remember_answer(-100, 5, [sent(10)])
        assert state.answer_to(-100, 5) == (sent(10),)
        assert state.answer_to(-100, 8) == (sent(9),)
        assert state.answer_to(1001, 5) == (sent(70),)
        assert state.answer_to(1001, 6) == ()
        assert state.is_answer(-100, 10) and state.is_answer(1001, 70)
        assert not state.is_answer(-100, 6) and not state.is_answer(-100, 70)


def test_only_the_newest_are_kept(path, monkeypatch):
    monkeypatch.setattr(rooms, "MOST", {"handled": 30, "answers": 30})
    monkeypatch.setattr(rooms, "SLACK", 10)
    with ChatState(path) as state:
        for number in range(1, 201):
            state.mark_handled(number)
            state.remember_answer(1, number, [sent(number)])
        assert state.is_handled(200) and state.answer_to(1, 200)
        assert not state.is_handled(150) and not state.answer_to(1, 150)
    with sqlite3.connect(path) as database:
        for table in ("handled", "answers"):
            assert 30 <= database.execute(f"SELECT count(*) FROM {table}").fetchone()[0] <= 40
    monkeypatch.setattr(rooms, "MOST", {"handled": 5, "answers": 5})
    with ChatState(path) as state:
        assert [state.is_handled(number) for number in (195, 196)] == [False, True]


def test_several_threads_may_use_it(path):
    with ChatState(path) as state, ThreadPoolExecutor(8) as pool:
        list(pool.map(state.mark_handled, range(400)))
        list(pool.map(lambda number: state.remember_answer(1, number, [sent(number)]), range(200)))
        assert all(state.is_handled(number) for number in range(400))
        assert all(state.answer_to(1, number) == (sent(number),) for number in range(200))


def test_a_file_that_is_no_database_is_named(path):
    path.write_text("this is no database" * 100)
    with pytest.raises(StoreError, match=r"chat\.sqlite3: .*not a database.*move the file away"):
        ChatState(path)


def test_a_file_of_a_newer_version_is_left_alone(path):
    ChatState(path).close()
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA user_version = 99")
    with pytest.raises(StoreError, match="newer version"):
        ChatState(path)
