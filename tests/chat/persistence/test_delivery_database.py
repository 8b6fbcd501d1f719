"""Which messages answer which question is known after a restart, and the file stays small."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from bot.chat.persistence import bounded_database, delivery_database
from bot.chat.persistence.delivery_database import DeliveryDatabase, SentMessage, UncertainDelivery
from bot.chat.transport.update_log import UpdateLog
from retrieval.errors import StoreError
from tests.paths import ROOT


@pytest.fixture
def path(tmp_path):
    return tmp_path / "chat.sqlite3"


def is_answer(state, chat_id, message_id):
    return bool(state.rows("SELECT 1 FROM answers WHERE chat_id = ? AND message_id = ?", chat_id, message_id))


def sent(number: int) -> SentMessage:
    return SentMessage(message_id=number, fingerprint=f"f{number}")


def test_an_answer_is_found_by_its_question_after_a_restart_and_replaced_whole(path):
    with DeliveryDatabase(path) as state:
        state.remember_answer(-100, 5, [sent(6), sent(7)])
        state.remember_answer(-100, 8, [sent(9)])
        state.remember_answer(1001, 5, [sent(70)])
    with DeliveryDatabase(path) as state:
        assert state.answer_to(-100, 5) == (sent(6), sent(7))
        state.remember_answer(-100, 5, [sent(10)])
        assert state.answer_to(-100, 5) == (sent(10),)
        assert state.answer_to(-100, 8) == (sent(9),)
        assert state.answer_to(1001, 5) == (sent(70),)
        assert state.answer_to(1001, 6) == ()
        assert is_answer(state, -100, 10) and is_answer(state, 1001, 70)
        assert not is_answer(state, -100, 6) and not is_answer(state, -100, 70)


def test_only_the_newest_are_kept(path, monkeypatch):
    monkeypatch.setattr(delivery_database, "MOST", {"updates": 30, "answers": 30})
    monkeypatch.setattr(bounded_database, "SLACK", 10)
    with DeliveryDatabase(path) as state:
        for number in range(1, 201):
            state.remember_answer(1, number, [sent(number)])
        assert state.answer_to(1, 200)
        assert not state.answer_to(1, 150)
    with sqlite3.connect(path) as database:
        assert 30 <= database.execute("SELECT count(*) FROM answers").fetchone()[0] <= 40


def test_several_threads_may_use_it(path):
    with DeliveryDatabase(path) as state, ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: state.remember_answer(1, number, [sent(number)]), range(200)))
        assert all(state.answer_to(1, number) == (sent(number),) for number in range(200))


def test_a_message_that_is_being_sent_is_known_after_a_restart_until_its_answer_is(path):
    with DeliveryDatabase(path) as state:
        state.record_id(1001, 70)
        state.begin_sending(1001, 60)
        state.record_id(1001, 75)
        state.begin_sending(1001, 60)
        state.begin_sending(-100, 90)
    with DeliveryDatabase(path) as state:
        state.record_id(1002, 80)
        assert state.uncertain_delivery(1001, 60) == UncertainDelivery(above=70, below=81, bounded=False)
        assert state.uncertain_delivery(-100, 90) == UncertainDelivery(above=90, below=81, bounded=False)
        assert state.uncertain_delivery(1001, 61) is None
        state.remember_answer(1001, 60, [sent(71)])
        state.end_sending(-100, 90)
        assert state.uncertain_delivery(1001, 60) is None
        assert state.uncertain_delivery(-100, 90) is None


def test_what_the_last_process_sent_comes_before_what_this_one_sends(path):
    group = -1001000000001
    with DeliveryDatabase(path) as state:
        state.begin_sending(1001, 60)
        state.begin_sending(group, 60)
    with DeliveryDatabase(path) as state:
        state.begin_sending(1003, 70)
        for number in (72, 71, 73):
            state.record_id(1002, number, sent=True)
        assert state.uncertain_delivery(1001, 60) == UncertainDelivery(above=60, below=71, bounded=True)
        assert state.uncertain_delivery(1003, 70) == UncertainDelivery(above=70, below=74, bounded=False)
        assert state.uncertain_delivery(group, 60) == UncertainDelivery(above=60, below=1, bounded=False)


def test_direct_chats_share_one_count_of_messages_and_a_supergroup_has_its_own(path):
    group, other = -1001000000001, -1001000000002
    with DeliveryDatabase(path) as state:
        for chat, number in ((1001, 12), (1002, 14), (-5, 15), (group, 16), (other, 17)):
            state.remember_answer(chat, 1, [sent(number)])
        assert state.unknown_ids(1001, 10, 16) == (11, 13)
        assert state.unknown_ids(1003, 10, 18) == (11, 13, 16, 17)
        assert state.unknown_ids(group, 14, 17) == (15,)
        assert state.unknown_ids(group, 14, 19) == (15, 17, 18)
        assert state.unknown_ids(1001, 15, 16) == ()
        assert len(state.unknown_ids(1001, 15, 10**9)) < 1000


def test_what_was_handled_by_an_older_version_is_known(path):
    with sqlite3.connect(path) as database:
        database.executescript(delivery_database.MIGRATIONS[0])
        database.execute("INSERT INTO handled (update_id) VALUES (77)")
        database.execute("INSERT INTO answers VALUES (1, 1001, 5, 0, 6, 'f6')")
        database.execute("PRAGMA user_version = 1")
    with DeliveryDatabase(path) as state:
        assert [update["update_id"] for update in UpdateLog(state).accept([{"update_id": 77}, {"update_id": 78}])] == [
            78
        ]
        assert state.answer_to(1001, 5) == (sent(6),)


def test_a_file_made_by_0_1_0_opens_with_all_that_is_in_it(path):
    with closing(sqlite3.connect(path)) as database:
        database.executescript((ROOT / "tests/data/databases_0_1_0/chat.sql").read_text(encoding="utf-8"))
    with DeliveryDatabase(path) as state:
        assert state.answer_to(1001, 5) == (sent(6),)
        assert state.uncertain_delivery(1001, 78) == UncertainDelivery(above=78, below=79, bounded=False)
        update_log = UpdateLog(state)
        assert [update["update_id"] for update in update_log.resume()] == [78]
        assert update_log.accept([{"update_id": 77}, {"update_id": 78}]) == ()


def test_what_is_forgotten_is_not_in_the_file(path):
    with DeliveryDatabase(path) as state:
        update_log = UpdateLog(state)
        update_log.accept([{"update_id": 1, "message": {"text": "a very private question"}}])
        update_log.finish(1)
    assert b"very private" not in path.read_bytes()
    assert list(path.parent.iterdir()) == [path]


def test_a_file_that_is_no_database_is_named(path):
    path.write_text("this is no database" * 100)
    with pytest.raises(StoreError, match=r"chat\.sqlite3 cannot be opened: it is not a SQLite file; move it away"):
        DeliveryDatabase(path)


def test_a_file_of_a_newer_version_is_left_alone(path):
    DeliveryDatabase(path).close()
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA user_version = 99")
    with pytest.raises(StoreError, match="written by a newer Dateline"):
        DeliveryDatabase(path)
