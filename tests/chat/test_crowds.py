"""A group that asks too much is told so once, and only where somebody waits."""

from __future__ import annotations

import asyncio

from telegram import Update

from bot.chat.transport.dispatcher import QUIET, BackpressureNotice, PerChatUpdateProcessor


class Slow:
    """A pace that holds one chat up."""

    def pause_after_next(self, chat: int) -> float:
        return 41.6 if chat == 1 else 2.0


def update(number: int, chat: int) -> Update:
    body = {"message_id": number, "date": 1, "chat": {"id": chat, "type": "group"}, "text": "x"}
    found = Update.de_json({"update_id": number, "message": body}, None)
    assert found is not None
    return found


def test_a_group_is_told_once_a_minute_and_only_while_somebody_waits() -> None:
    now = 0.0
    lanes = PerChatUpdateProcessor()
    crowds = BackpressureNotice(Slow(), lanes, clock=lambda: now)  # type: ignore[arg-type]
    assert crowds.pause(1) is None

    async def run() -> None:
        nonlocal now
        gate = asyncio.Event()
        asked = [lanes.process_update(update(number, chat), gate.wait()) for number in (1, 2, 3) for chat in (1, 2)]
        tasks = [asyncio.create_task(each) for each in asked]
        await asyncio.sleep(0)
        assert lanes.waiting(1) == 2
        assert (crowds.pause(1), crowds.pause(1), crowds.pause(2)) == (42, None, None)
        now += QUIET
        assert crowds.pause(1) == 42
        gate.set()
        await asyncio.gather(*tasks)
        assert lanes.waiting(1) == 0

    asyncio.run(run())
