"""How fast the bot may speak: in each chat, in each group a minute, and in all together.

Telegram lets a bot send about one message a second to a chat with short bursts, 20 a minute to a group, and 30 a
second in all (https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this). Each chat waits in a
queue of its own, so that a busy one delays no other.
"""

from __future__ import annotations

import asyncio
import logging
import math
import time
from collections import deque
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol

from telegram.error import RetryAfter, TelegramError
from telegram.ext import BaseRateLimiter

from bot.chat.telemetry.metrics import Metrics
from bot.chat.transport.cancellation import pause

log = logging.getLogger(__name__)

OVERALL_A_SECOND = 30.0
CHAT_A_SECOND, CHAT_BURST = 1.0, 5.0
GROUP_MESSAGES, GROUP_SECONDS = 20, 60.0
MOST_TRIES = 6
# seconds: no longer is waited for a chat, nor for what is left when the bot stops
MOST_WAITED, MOST_WAITED_AT_THE_END = 900.0, 5.0
# so many chats held back within so many seconds mean that all are
CHATS_THAT_MEAN_ALL, AT_ONCE = 3, 1.0
# seconds too short to be waited for
INSTANT = 1e-6
# beyond so many chats the idle ones are forgotten
MOST_CHATS = 1000

COUNTED = ("send", "copyMessage", "forwardMessage", "editMessage")
NOT_COUNTED = frozenset({"sendChatAction", "sendMessageDraft"})

Result = bool | dict[str, Any] | list[dict[str, Any]]
Call = Callable[..., Coroutine[Any, Any, Result]]
Wait = Callable[[float], Coroutine[Any, Any, None]]


@dataclass(frozen=True)
class RequestManner:
    """How a request goes out: what is done right before, and whether it counts as a message where it looks like one."""

    before: Callable[[], object] | None = None
    counted: bool = True


class RateLimit(Protocol):
    """One limit; times are seconds of the same clock."""

    def delay(self, now: float) -> float:
        """Seconds until one more is allowed; 0 where it is now."""

    def take(self, now: float) -> None:
        """Count one."""

    def delay_after_next(self, now: float) -> float:
        """Seconds until the one after the next is allowed, where they are a limit's own and no mere spacing."""

    def tighten(self, now: float) -> None:
        """Telegram says that this much was too much."""


class TokenBucket:
    """So many a second on average, and a burst of so many at once after a quiet time."""

    def __init__(self, rate: float, burst: float) -> None:
        self._rate = rate
        self._burst = burst
        self._level = burst
        self._at = 0.0

    def delay(self, now: float) -> float:
        return max(0.0, 1.0 - self._filled(now)) / self._rate

    def take(self, now: float) -> None:
        self._level, self._at = self._filled(now) - 1.0, now

    def delay_after_next(self, now: float) -> float:
        """None: the level fills up again at once."""
        return 0.0

    def tighten(self, now: float) -> None:
        """Allow no more bursts."""
        self._burst = 1.0
        self._level, self._at = 0.0, now

    def _filled(self, now: float) -> float:
        return min(self._burst, self._level + (now - self._at) * self._rate)


class SlidingWindow:
    """At most so many in any stretch of so many seconds."""

    def __init__(self, most: int, seconds: float) -> None:
        self._seconds = seconds
        self._taken: deque[float] = deque(maxlen=most)

    def delay(self, now: float) -> float:
        full = len(self._taken) == self._taken.maxlen
        return max(0.0, self._taken[0] + self._seconds - now) if full else 0.0

    def take(self, now: float) -> None:
        self._taken.append(now)

    def delay_after_next(self, now: float) -> float:
        room = (self._taken.maxlen or 0) - len(self._taken)
        return max(0.0, self._taken[1 - room] + self._seconds - now) if room <= 1 else 0.0

    def tighten(self, now: float) -> None:
        """Stay as it is: Telegram gives this limit in numbers."""


class ChatQueue:
    """What goes through one after the other, each when all the rules allow it and nothing holds it up."""

    def __init__(self, clock: Callable[[], float], wait: Wait, *rules: RateLimit) -> None:
        self.rules = rules
        self._clock = clock
        self._wait = wait
        self._held_until = 0.0
        self._used = 0.0
        self._queue = asyncio.Lock()

    async def turn(self) -> None:
        """Wait for one's turn and take it."""
        async with self._queue:
            now = self._clock()
            while (delay := self._delay(now)) > INSTANT:
                await self._wait(delay)
                now = self._clock()
            for rule in self.rules:
                rule.take(now)
            self._used = now

    async def free(self) -> None:
        """Wait until nothing holds the lane up, and take no turn."""
        while (delay := self._held_until - self._clock()) > INSTANT:
            await self._wait(delay)

    def hold(self, until: float) -> None:
        """Let nothing through before a time."""
        self._held_until = max(self._held_until, until)

    def is_idle(self, now: float) -> bool:
        """Whether it may be forgotten: nobody waits and no limit is touched."""
        return not self._queue.locked() and now - max(self._used, self._held_until) > GROUP_SECONDS

    def _delay(self, now: float) -> float:
        return max(self._held_until - now, 0.0, *(rule.delay(now) for rule in self.rules))


class RateLimiter(BaseRateLimiter[RequestManner]):
    """Keeps to Telegram's limits; ``clock`` gives seconds that never run backwards.

    When Telegram says to wait, only the chat concerned waits, unless several are told so at once. Once the bot is
    ``stopping``, what would have to wait for long is given up with RetryAfter.
    """

    def __init__(self, stopping: asyncio.Event, metrics: Metrics, clock: Callable[[], float] = time.monotonic) -> None:
        self._stopping = stopping
        self._metrics = metrics
        self._clock = clock
        self._overall = ChatQueue(clock, self._wait, TokenBucket(OVERALL_A_SECOND, OVERALL_A_SECOND))
        self._chats: dict[int | str, ChatQueue] = {}
        self._told_to_wait: deque[tuple[float, int | str]] = deque(maxlen=CHATS_THAT_MEAN_ALL)

    async def initialize(self) -> None:
        """Nothing has to be prepared."""

    async def shutdown(self) -> None:
        """Nothing has to be released."""

    async def process_request(  # noqa: PLR0913, PLR0917  the library's own signature
        self,
        callback: Call,
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: RequestManner | None,
    ) -> Result:
        """Make a request when it is its turn, again where Telegram says that it came too early."""
        chat, manner = _chat(data.get("chat_id")), rate_limit_args or RequestManner()
        for tries_left in reversed(range(MOST_TRIES)):
            await self._turn(chat, counted=manner.counted and _is_counted(endpoint))
            try:
                if manner.before is not None:
                    manner.before()
                return await self._measured(endpoint, callback(*args, **kwargs))
            except RetryAfter as error:
                if not tries_left or _seconds(error) > MOST_WAITED:
                    raise
                await self._hold(chat, _seconds(error), endpoint)
        raise AssertionError("the last try returns or raises")

    async def _measured(self, endpoint: str, request: Coroutine[Any, Any, Result]) -> Result:
        began, outcome = self._clock(), "cancelled"
        try:
            result = await request
            outcome = "ok"
            return result
        except TelegramError as error:
            outcome = type(error).__name__
            raise
        finally:
            self._metrics.calls.labels(endpoint, outcome).inc()
            self._metrics.calling.observe(self._clock() - began)

    def pause_after_next(self, chat: int) -> float:
        """Seconds that a chat's message after the next one has to wait for the chat's own limits."""
        now = self._clock()
        return max((rule.delay_after_next(now) for rule in self._lane(chat).rules), default=0.0)

    async def _turn(self, chat: int | str | None, *, counted: bool) -> None:
        """Wait for the chat's turn, then for that among all; what does not count waits only while the chat must."""
        if chat is None:
            return
        if not counted:
            await self._lane(chat).free()
            return
        await self._lane(chat).turn()
        await self._overall.turn()

    async def _hold(self, chat: int | str | None, seconds: float, endpoint: str) -> None:
        """Let a chat wait for as long as Telegram says."""
        now = self._clock()
        log.warning("Telegram wants %s to chat %s to wait for %g s", endpoint, chat, seconds)
        if chat is None:
            await self._wait(seconds)
            return
        lane = self._lane(chat)
        lane.hold(now + seconds)
        for rule in lane.rules:
            rule.tighten(now)
        self._told_to_wait.append((now, chat))
        recent = {each for then, each in self._told_to_wait if now - then < AT_ONCE}
        if len(recent) >= CHATS_THAT_MEAN_ALL:
            self._overall.hold(now + seconds)

    async def _wait(self, seconds: float) -> None:
        """Let seconds pass; raises RetryAfter where they are too many for a bot that stops."""
        if not self._stopping.is_set():
            await pause(self._stopping, seconds)
        elif seconds > MOST_WAITED_AT_THE_END:
            raise RetryAfter(math.ceil(seconds))
        else:
            await asyncio.sleep(seconds)

    def _lane(self, chat: int | str) -> ChatQueue:
        if chat not in self._chats:
            self._forget_idle()
            group = () if isinstance(chat, int) and chat > 0 else (SlidingWindow(GROUP_MESSAGES, GROUP_SECONDS),)
            self._chats[chat] = ChatQueue(self._clock, self._wait, TokenBucket(CHAT_A_SECOND, CHAT_BURST), *group)
        return self._chats[chat]

    def _forget_idle(self) -> None:
        if len(self._chats) >= MOST_CHATS:
            now = self._clock()
            self._chats = {chat: lane for chat, lane in self._chats.items() if not lane.is_idle(now)}


def _chat(given: object) -> int | str | None:
    """A chat as a key; a number that is given as text is a number."""
    text = str(given)
    if given is None:
        return None
    return int(text) if text.lstrip("-").isdecimal() else text.casefold()


def _is_counted(endpoint: str) -> bool:
    return endpoint.startswith(COUNTED) and endpoint not in NOT_COUNTED


def _seconds(error: RetryAfter) -> float:
    """How long to wait, and a little more: Telegram's seconds are whole ones."""
    told = error.retry_after
    return (told.total_seconds() if isinstance(told, timedelta) else told) + 0.1
