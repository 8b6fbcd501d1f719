"""The bot keeps to Telegram's limits, and a chat that must wait lets the others pass."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram.error import RetryAfter

from bot.chat.telemetry.metrics import Metrics, total
from bot.chat.transport import rate_limiter
from bot.chat.transport.rate_limiter import RateLimiter, RequestManner, SlidingWindow, TokenBucket

GROUP, ANOTHER_GROUP = -1001000000001, -1001000000002
Call = tuple[str, Any]


class FakeTelegram:
    """Telegram, with a clock that passes while everybody waits; remembers when which request came."""

    def __init__(self) -> None:
        self.now = 100.0
        self.came: list[tuple[float, Any, str]] = []
        self.refuse: dict[Any, list[float]] = {}
        self.stopping, self.metrics = asyncio.Event(), Metrics()
        self.limiter = RateLimiter(self.stopping, self.metrics, clock=lambda: self.now)
        self.sleepers: list[tuple[float, asyncio.Future[None]]] = []

    async def sleep(self, stopping: asyncio.Event, seconds: float) -> None:
        woken = asyncio.get_running_loop().create_future()
        self.sleepers.append((self.now + seconds, woken))
        await woken

    async def request(self, endpoint: str, chat: Any, manner: RequestManner | None = None) -> None:
        async def send() -> bool:
            self.came.append((self.now, chat, endpoint))
            if waits := self.refuse.get(chat):
                raise RetryAfter(waits.pop(0))
            return True

        data = {} if chat is None else {"chat_id": chat}
        await self.limiter.process_request(send, (), {}, endpoint, data, manner)

    async def all(self, calls: Sequence[Call]) -> list[Any]:
        """Make requests at the same time."""
        return await self.until([asyncio.create_task(self.request(endpoint, chat)) for endpoint, chat in calls])

    async def until(self, tasks: Sequence[asyncio.Task[None]]) -> list[Any]:
        """Let tasks end; the clock moves on whenever all of them wait."""
        while not all(task.done() for task in tasks):
            await self.settle()
            self._wake_the_next()
        return await asyncio.gather(*tasks, return_exceptions=True)

    async def settle(self) -> None:
        """Let everything run that does not wait for the clock."""
        for _ in range(300):
            await asyncio.sleep(0)

    def times(self, chat: Any) -> list[float]:
        return [round(then - 100.0, 6) for then, whose, _ in self.came if whose == chat]

    def _wake_the_next(self) -> None:
        if self.sleepers:
            self.now = max(self.now, min(then for then, _ in self.sleepers))
            for sleeper in [each for each in self.sleepers if each[0] <= self.now]:
                self.sleepers.remove(sleeper)
                sleeper[1].set_result(None)


@pytest.fixture
def run(monkeypatch) -> Callable[[Callable[[FakeTelegram], Coroutine[Any, Any, None]]], FakeTelegram]:
    def begin(story: Callable[[FakeTelegram], Coroutine[Any, Any, None]]) -> FakeTelegram:
        async def play() -> FakeTelegram:
            telegram = FakeTelegram()
            monkeypatch.setattr(rate_limiter, "pause", telegram.sleep)
            await story(telegram)
            return telegram

        return asyncio.run(play())

    return begin


def sends(chat: Any, count: int) -> list[Call]:
    return [("sendMessage", chat)] * count


def test_a_chat_gets_a_burst_and_then_one_a_second(run):
    telegram = run(lambda telegram: telegram.all(sends(1001, 8)))
    assert telegram.times(1001) == [0, 0, 0, 0, 0, 1, 2, 3]


def test_a_group_gets_twenty_a_minute(run):
    telegram = run(lambda telegram: telegram.all(sends(GROUP, 45)))
    times = telegram.times(GROUP)
    assert times[:8] == [0, 0, 0, 0, 0, 1, 2, 3]
    assert all(later - earlier >= 60 for earlier, later in zip(times, times[20:], strict=False))


def test_before_a_groups_minute_is_full_the_delay_after_the_next_message_is_known(run):
    async def scene(telegram: FakeTelegram) -> None:
        await telegram.all([("sendMessage", GROUP)] * 18)
        assert telegram.limiter.delay_after_next(GROUP) == 0.0
        await telegram.all([("sendMessage", GROUP)])
        assert telegram.limiter.delay_after_next(GROUP) == pytest.approx(160.0 - telegram.now)
        await telegram.all([("sendMessage", GROUP)])
        assert telegram.limiter.delay_after_next(GROUP) == pytest.approx(160.0 - telegram.now)
        assert telegram.limiter.delay_after_next(1001) == telegram.limiter.delay_after_next(ANOTHER_GROUP) == 0.0

    run(scene)


def test_all_together_get_thirty_at_once_and_then_thirty_a_second(run):
    telegram = run(lambda telegram: telegram.all([call for chat in range(1, 91) for call in sends(chat, 1)]))
    times = [round(then - 100.0, 6) for then, _, _ in telegram.came]
    assert times[:30] == [0] * 30
    assert times[29:32] == pytest.approx([0, 1 / 30, 2 / 30], abs=1e-5)
    assert times[-1] == pytest.approx(2.0, abs=1e-5)


def test_one_busy_chat_delays_no_other(run):
    telegram = run(lambda telegram: telegram.all([*sends(GROUP, 25), *sends(1001, 1), *sends(ANOTHER_GROUP, 1)]))
    assert telegram.times(GROUP)[-1] >= 60
    assert (telegram.times(1001), telegram.times(ANOTHER_GROUP)) == ([0], [0])


def test_what_is_no_message_does_not_count(run):
    free = ("sendChatAction", "sendMessageDraft", "deleteMessage", "setMessageReaction", "getChat")
    telegram = run(lambda telegram: telegram.all([(endpoint, 1001) for endpoint in free * 10]))
    assert telegram.times(1001) == [0] * 50
    counted = ("sendPhoto", "editMessageText", "copyMessage", "forwardMessage", "sendMessage", "editMessageText")
    telegram = run(lambda telegram: telegram.all([(endpoint, 1001) for endpoint in counted]))
    assert telegram.times(1001) == [0, 0, 0, 0, 0, 1]


def test_what_has_no_chat_never_waits(run):
    telegram = run(
        lambda telegram: telegram.all([("answerInlineQuery", None)] * 100 + [("answerCallbackQuery", None)] * 100)
    )
    assert telegram.times(None) == [0] * 200


def test_a_chat_that_telegram_holds_back_waits_alone_and_gets_no_more_bursts(run):
    async def story(telegram: FakeTelegram) -> None:
        telegram.refuse[1001] = [7]
        await telegram.all([*sends(1001, 3), ("deleteMessage", 1001), *sends(1002, 2)])

    telegram = run(story)
    assert telegram.times(1002) == [0, 0]
    first, *others = telegram.times(1001)
    assert first == 0
    sent = sorted(others)[-3:]
    assert sent[0] >= 7
    assert all(later - earlier >= 0.999 for earlier, later in pairwise(sent))


def test_several_chats_held_back_at_once_mean_all(run):
    async def story(telegram: FakeTelegram) -> None:
        telegram.refuse |= {chat: [5] for chat in (1, 2, 3)}
        tasks = [asyncio.create_task(telegram.request("sendMessage", chat)) for chat in (1, 2, 3)]
        await telegram.settle()
        tasks.append(asyncio.create_task(telegram.request("sendMessage", 4)))
        await telegram.until(tasks)

    telegram = run(story)
    assert all(telegram.times(chat)[-1] >= 5 for chat in (1, 2, 3, 4))
    assert telegram.times(4) == [telegram.times(4)[0]]


def test_tries_are_bounded_in_number_and_time(run):
    results: list[Any] = []

    async def story(telegram: FakeTelegram) -> None:
        telegram.refuse[1] = [1] * 100
        telegram.refuse[2] = [rate_limiter.MOST_WAITED + 1]
        results.extend(await telegram.all([*sends(1, 1), *sends(2, 1)]))

    telegram = run(story)
    assert [type(result) for result in results] == [RetryAfter, RetryAfter]
    assert (len(telegram.times(1)), len(telegram.times(2))) == (rate_limiter.MOST_TRIES, 1)
    assert total(telegram.metrics.calls) == rate_limiter.MOST_TRIES + 1


def test_a_bot_that_stops_waits_a_little_and_gives_up_what_takes_longer(run, monkeypatch):
    results: list[Any] = []

    async def story(telegram: FakeTelegram) -> None:
        async def sleep(seconds: float) -> None:
            telegram.now += seconds

        monkeypatch.setattr(rate_limiter.asyncio, "sleep", sleep)
        telegram.stopping.set()
        for _ in range(9):
            await telegram.request("sendMessage", 1001)
        telegram.refuse[1002] = [60]
        with pytest.raises(RetryAfter) as given_up:
            await telegram.request("sendMessage", 1002)
        results.append(given_up.value)

    telegram = run(story)
    assert telegram.times(1001) == pytest.approx([0, 0, 0, 0, 0, 1, 2, 3, 4])
    assert len(results) == 1


def test_what_is_called_before_a_request_is_called_right_before_it(run):
    done: list[tuple[int, float]] = []

    async def story(telegram: FakeTelegram) -> None:
        async def one(number: int) -> None:
            await telegram.request(
                "sendMessage", 1001, RequestManner(before=lambda: done.append((number, telegram.now - 100.0)))
            )

        await telegram.until([asyncio.create_task(one(number)) for number in range(6)])

    run(story)
    assert [number for number, _ in done] == list(range(6))
    assert done[-1][1] == pytest.approx(1.0)


def test_a_request_can_be_excluded_from_the_count(run):
    async def story(telegram: FakeTelegram) -> None:
        for _ in range(20):
            await telegram.request("editMessageText", 1001, RequestManner(counted=False))

    assert run(story).times(1001) == [0] * 20


def test_a_chat_is_one_chat_however_it_is_written(run):
    telegram = run(lambda telegram: telegram.all([*sends(1001, 3), *sends("1001", 3)]))
    assert sorted(telegram.times(1001) + telegram.times("1001")) == [0, 0, 0, 0, 0, 1]


def test_idle_chats_are_forgotten(run, monkeypatch):
    monkeypatch.setattr(rate_limiter, "MOST_CHATS", 10)

    async def story(telegram: FakeTelegram) -> None:
        for chat in range(1, 40):
            await telegram.request("sendMessage", chat)
            telegram.now += 30

    assert len(run(story).limiter._chats) <= 11


@given(st.lists(st.floats(0.0, 5.0), max_size=80), st.integers(1, 6), st.integers(1, 20))
def test_a_bucket_never_gives_more_than_its_burst_and_rate(gaps, burst, rate):
    bucket, now, taken = TokenBucket(float(rate), float(burst)), 0.0, []
    for gap in gaps:
        now += gap
        now += bucket.delay(now)
        bucket.take(now)
        taken.append(now)
    for first, begin in enumerate(taken):
        for last in range(first, len(taken)):
            assert last - first + 1 <= burst + (taken[last] - begin) * rate + 1e-3


@given(st.lists(st.floats(0.0, 30.0), max_size=80), st.integers(1, 6))
def test_a_window_never_holds_more_than_it_may(gaps, most):
    window, now, taken = SlidingWindow(most, 10.0), 0.0, []
    for gap in gaps:
        now += gap
        now += window.delay(now)
        window.take(now)
        taken.append(now)
    assert all(later - earlier >= 10.0 - 1e-6 for earlier, later in zip(taken, taken[most:], strict=False))
