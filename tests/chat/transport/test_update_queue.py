"""Updates reach the queue once, in order, and only after they are written down."""

from __future__ import annotations

import asyncio

import pytest

from bot.chat.telemetry.metrics import Metrics
from bot.chat.transport import update_queue
from bot.chat.transport.update_log import UpdateLog
from bot.chat.transport.update_queue import UpdateQueue


def raw(number: int, **payload: object) -> dict[str, object]:
    message = {"message_id": number, "date": 1, "chat": {"id": 1001, "type": "private"}, "text": "x"}
    return {"update_id": number, "message": message, **payload}


@pytest.fixture
def update_log(state):
    return UpdateLog(state)


def queued(queue: asyncio.Queue[object]) -> list[int]:
    return [queue.get_nowait().update_id for _ in range(queue.qsize())]


def test_what_arrives_is_queued_once_and_finished_for_good(telegram, update_log):
    async def run() -> None:
        queue: asyncio.Queue[object] = asyncio.Queue()
        updates = UpdateQueue(telegram, update_log, queue, Metrics())
        await updates.receive([raw(1), raw(2)])
        await updates.receive([raw(2), raw(3)])
        await updates.receive([])
        queued_ones = [queue.get_nowait() for _ in range(queue.qsize())]
        assert [update.update_id for update in queued_ones] == [1, 2, 3]
        assert (updates.in_work, update_log.backlog().open) == (3, 3)
        for update in queued_ones:
            await updates.finish(update)
        assert (updates.in_work, update_log.backlog().open) == (0, 0)

    asyncio.run(run())


def test_what_was_open_comes_first(telegram, update_log):
    async def run() -> None:
        update_log.accept([raw(1), raw(2)])
        queue: asyncio.Queue[object] = asyncio.Queue()
        updates = UpdateQueue(telegram, update_log, queue, Metrics())
        await updates.resume()
        await updates.receive([raw(1), raw(3)])
        assert queued(queue) == [1, 2, 3]

    asyncio.run(run())


def test_an_update_of_an_unknown_form_is_left_alone_and_costs_no_other(telegram, update_log, caplog):
    async def run() -> None:
        queue: asyncio.Queue[object] = asyncio.Queue()
        await UpdateQueue(telegram, update_log, queue, Metrics()).receive([raw(1, message={"message_id": "?"}), raw(2)])
        assert queued(queue) == [2]
        assert update_log.backlog().open == 1

    asyncio.run(run())
    assert "Update 1 is of a form that is not known" in caplog.text


def test_what_was_postponed_is_tried_again_after_a_while(telegram, update_log):
    now = [0.0]

    async def run() -> None:
        queue: asyncio.Queue[object] = asyncio.Queue()
        updates = UpdateQueue(telegram, update_log, queue, Metrics(), clock=lambda: now[0])
        await updates.receive([raw(1)])
        update = queue.get_nowait()
        update_log.postpone(1)
        await updates.finish(update)
        await updates.retry_postponed()
        assert queued(queue) == []
        now[0] += update_queue.RETRY_SECONDS
        await updates.retry_postponed()
        assert queued(queue) == [1]

    asyncio.run(run())


def test_no_more_is_taken_while_too_much_is_in_work(telegram, update_log, monkeypatch):
    monkeypatch.setattr(update_queue, "MOST_IN_WORK", 2)

    async def run() -> None:
        queue: asyncio.Queue[object] = asyncio.Queue()
        updates = UpdateQueue(telegram, update_log, queue, Metrics())
        await updates.wait_for_capacity()
        await updates.receive([raw(1), raw(2)])
        waiting = asyncio.create_task(updates.wait_for_capacity())
        await asyncio.sleep(0)
        assert not waiting.done()
        await updates.finish(queue.get_nowait())
        await asyncio.wait_for(waiting, 5)

    asyncio.run(run())
