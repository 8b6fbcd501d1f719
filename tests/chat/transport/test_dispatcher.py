"""One chat in order, many chats at once, and a group is notified when its answers begin to wait."""

from __future__ import annotations

import asyncio
import gc

from telegram import Update

from bot.chat.transport.dispatcher import AT_ONCE, BETWEEN_NOTICES, BackpressureNotice, PerChatUpdateProcessor


def update(number: int, chat: int) -> Update:
    body = {"message_id": number, "date": 1, "chat": {"id": chat, "type": "private"}, "text": "x"}
    found = Update.de_json({"update_id": number, "message": body}, None)
    assert found is not None
    return found


def test_a_chat_keeps_its_order_and_another_does_not_wait_for_it():
    done: list[tuple[int, int]] = []

    async def run() -> None:
        processor, gate = PerChatUpdateProcessor(), asyncio.Event()

        async def handle(chat: int, number: int) -> None:
            if chat == 1:
                await gate.wait()
            await asyncio.sleep(0.001 * (5 - number))
            done.append((chat, number))

        async with processor:
            tasks = {
                (chat, number): asyncio.create_task(
                    processor.process_update(update(number, chat), handle(chat, number))
                )
                for number in range(5)
                for chat in (1, 2)
            }
            await asyncio.gather(*(task for (chat, _), task in tasks.items() if chat == 2))
            assert {chat for chat, _ in done} == {2}
            gate.set()
            await asyncio.gather(*tasks.values())

    asyncio.run(run())
    assert [number for chat, number in done if chat == 1] == list(range(5))
    assert [number for chat, number in done if chat == 2] == list(range(5))


def test_a_busy_chat_leaves_a_slot_for_others_and_an_idle_one_is_forgotten():
    async def run() -> None:
        processor, gate = PerChatUpdateProcessor(), asyncio.Event()

        async def wait() -> None:
            await gate.wait()

        async def pass_through() -> None:
            return

        busy = [asyncio.create_task(processor.process_update(update(n, 1), wait())) for n in range(AT_ONCE * 2)]
        await asyncio.wait_for(processor.process_update(update(0, 2), pass_through()), 5)
        gate.set()
        await asyncio.gather(*busy)
        del busy
        gc.collect()
        assert len(processor._locks) == 0

    asyncio.run(run())


def test_what_has_no_chat_is_processed_too():
    async def run() -> list[str]:
        done: list[str] = []

        async def handle() -> None:
            done.append("yes")

        await PerChatUpdateProcessor().process_update("no update at all", handle())
        return done

    assert asyncio.run(run()) == ["yes"]


def test_an_update_is_finished_when_it_is_done_and_one_that_has_not_begun_at_the_end_is_left(recwarn):
    async def run() -> tuple[list[str], list[object]]:
        done: list[str] = []
        finished: list[object] = []
        stopping, gate = asyncio.Event(), asyncio.Event()

        async def finish(update: object) -> None:
            finished.append(update)

        async def handle(name: str) -> None:
            await gate.wait()
            done.append(name)

        processor = PerChatUpdateProcessor(finish, stopping)
        tasks = [
            asyncio.create_task(processor.process_update(update(n, 1), handle(name)))
            for n, name in enumerate(("begun", "waiting"))
        ]
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        stopping.set()
        gate.set()
        await asyncio.gather(*tasks)
        return done, finished

    done, finished = asyncio.run(run())
    gc.collect()
    assert done == ["begun"]
    assert [each.update_id for each in finished] == [0]
    assert [str(warning.message) for warning in recwarn if "never awaited" in str(warning.message)] == []


class SlowForOneChat:
    """A rate limiter that holds one chat up."""

    def delay_after_next(self, chat: int) -> float:
        return 41.6 if chat == 1 else 2.0


def test_a_group_is_notified_once_a_minute_and_only_while_an_update_waits():
    now = 0.0
    processor = PerChatUpdateProcessor()
    notice = BackpressureNotice(SlowForOneChat(), processor, clock=lambda: now)
    assert notice.seconds_to_announce(1) is None

    async def run() -> None:
        nonlocal now
        gate = asyncio.Event()
        arrived = [(number, chat) for number in (1, 2, 3) for chat in (1, 2)]
        tasks = [asyncio.create_task(processor.process_update(update(*each), gate.wait())) for each in arrived]
        await asyncio.sleep(0)
        assert processor.waiting(1) == 2
        assert [notice.seconds_to_announce(chat) for chat in (1, 1, 2)] == [42, None, None]
        now += BETWEEN_NOTICES
        assert notice.seconds_to_announce(1) == 42
        gate.set()
        await asyncio.gather(*tasks)
        assert processor.waiting(1) == 0

    asyncio.run(run())
