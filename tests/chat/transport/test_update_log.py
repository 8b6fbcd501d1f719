"""What arrived is kept until it is done, whatever happens to the process in between."""

from __future__ import annotations

import pytest

from bot.chat.persistence import bounded_database, delivery_database
from bot.chat.persistence.delivery_database import DeliveryDatabase
from bot.chat.transport.update_log import MOST_STARTS, TOO_LATE, Backlog, UpdateLog


def update(number: int, chat: int = 1001, kind: str = "message", text: str = "Who?") -> dict[str, object]:
    return {"update_id": number, kind: {"message_id": number * 10, "chat": {"id": chat}, "text": text}}


def numbers(updates) -> list[int]:
    return [each["update_id"] for each in updates]


@pytest.fixture
def clock():
    return [1_000_000.0]


@pytest.fixture
def update_log(state, clock):
    return UpdateLog(state, clock=lambda: clock[0])


def test_an_update_is_new_once_whether_it_is_done_or_not(update_log):
    assert numbers(update_log.accept([update(1), update(2), update(1)])) == [1, 2]
    update_log.finish(1)
    assert numbers(update_log.accept([update(1), update(2), update(3)])) == [3]


def test_what_is_not_done_is_resumed_as_it_came(tmp_path):
    with DeliveryDatabase(tmp_path / "chat.sqlite3") as state:
        update_log = UpdateLog(state)
        update_log.accept([update(5, text="Кто? \U0001f600"), update(6), update(4)])
        update_log.finish(6)
    with DeliveryDatabase(tmp_path / "chat.sqlite3") as state:
        assert UpdateLog(state).resume() == (update(5, text="Кто? \U0001f600"), update(4))


def test_chats_whose_answers_may_have_been_sent_come_last_in_the_order_of_sending_and_keep_theirs(update_log, state):
    update_log.accept([update(number, chat) for number, chat in enumerate((7, 8, 7, 9, 10), 1)])
    state.begin_sending(9, 40)
    state.begin_sending(7, 10)
    assert numbers(update_log.resume()) == [2, 5, 4, 1, 3]


def test_an_update_that_ends_every_start_is_given_up(update_log, caplog):
    update_log.accept([update(1)])
    assert [numbers(update_log.resume()) for _ in range(MOST_STARTS + 1)] == [[1]] * MOST_STARTS + [[]]
    assert "1 updates are given up" in caplog.text
    assert update_log.accept([update(1)]) == ()


def test_what_is_postponed_stays_open_and_is_handed_out_once(update_log):
    update_log.accept([update(1), update(2)])
    update_log.postpone(1)
    for number in (1, 2):
        update_log.finish(number)
    assert update_log.backlog().open == 1
    assert numbers(update_log.take_postponed()) == [1]
    assert update_log.take_postponed() == ()
    update_log.finish(1)
    assert update_log.backlog().open == 0


def test_what_waited_for_a_day_is_given_up(update_log, clock):
    update_log.accept([update(1)])
    update_log.postpone(1)
    clock[0] += TOO_LATE + 1
    assert update_log.take_postponed() == ()
    assert update_log.backlog().open == 0


def test_the_backlog_says_how_long_the_oldest_waits(update_log, clock):
    assert update_log.backlog() == Backlog(open=0, lag=0.0)
    update_log.accept([update(1)])
    clock[0] += 5
    update_log.accept([update(2)])
    assert update_log.backlog() == Backlog(open=2, lag=5.0)
    update_log.finish(1)
    assert update_log.backlog() == Backlog(open=1, lag=0.0)


def test_ids_of_messages_that_arrive_are_recorded(update_log, state):
    update_log.accept([update(3), update(4, kind="edited_channel_post", chat=-1001000000001)])
    state.begin_sending(1002, 1)
    state.begin_sending(-1001000000001, 1)
    assert state.uncertain_delivery(1002, 1).above == 30
    assert state.uncertain_delivery(-1001000000001, 1).above == 40
    assert state.unknown_ids(1001, 28, 31) == (29,)
    update_log.accept([{"update_id": 9, "callback_query": {"id": "x"}}, {"update_id": 10, "message": {}}])


def test_open_updates_outlive_the_cleaning(update_log, monkeypatch):
    monkeypatch.setattr(delivery_database, "MOST", {"updates": 10, "answers": 10})
    monkeypatch.setattr(bounded_database, "SLACK", 5)
    update_log.accept([update(number) for number in range(1, 4)])
    for number in range(10, 60):
        update_log.accept([update(number)])
        update_log.finish(number)
    assert numbers(update_log.resume()) == [1, 2, 3]
    assert update_log.accept([update(1)]) == ()
    assert numbers(update_log.accept([update(10)])) == [10]
