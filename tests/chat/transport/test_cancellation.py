"""Waits end when they are over, and at once when the bot stops."""

from __future__ import annotations

import asyncio
import time

import pytest

from bot.chat.transport.cancellation import pause, unless


async def value_after(seconds: float) -> str:
    await asyncio.sleep(seconds)
    return "done"


def test_work_that_is_done_before_the_bot_stops_gives_its_value():
    async def run() -> str | None:
        return await unless(asyncio.Event(), value_after(0))

    assert asyncio.run(run()) == "done"


def test_work_is_cancelled_when_the_bot_stops():
    cancelled: list[bool] = []

    async def work() -> str:
        try:
            return await value_after(60)
        except asyncio.CancelledError:
            cancelled.append(True)
            raise

    async def run() -> str | None:
        stopping = asyncio.Event()
        asyncio.get_running_loop().call_later(0.01, stopping.set)
        return await unless(stopping, work())

    assert asyncio.run(run()) is None
    assert cancelled == [True]


def test_an_error_of_the_work_is_raised():
    async def work() -> None:
        raise ValueError("inside")

    async def run() -> None:
        await unless(asyncio.Event(), work())

    with pytest.raises(ValueError, match="inside"):
        asyncio.run(run())


def test_a_pause_lasts_its_seconds_or_until_the_bot_stops():
    async def run() -> tuple[float, float, float]:
        stopping = asyncio.Event()
        began = time.monotonic()
        await pause(stopping, 0.05)
        whole = time.monotonic()
        asyncio.get_running_loop().call_later(0.01, stopping.set)
        await pause(stopping, 60)
        cut = time.monotonic()
        await pause(stopping, 60)
        return whole - began, cut - whole, time.monotonic() - cut

    whole, cut, none = asyncio.run(run())
    assert 0.04 < whole < 5 and cut < 5 and none < 1
