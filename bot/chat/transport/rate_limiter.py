"""The rate limiter: how fast the bot may send, in each chat, in each group a minute, and in all together.

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
from typing import Any, Final, Protocol

from telegram.error import RetryAfter, TelegramError
from telegram.ext import BaseRateLimiter

from bot.chat.telemetry.metrics import Metrics
from bot.chat.transport.cancellation import pause

log = logging.getLogger(__name__)

# messages a second in all and in a chat, how many a chat may have at once, and a group within so many seconds; "short
# bursts" are five here, which Telegram has never refused
OVERALL_A_SECOND: Final = 30.0
CHAT_A_SECOND: Final = 1.0
CHAT_BURST: Final = 5.0
GROUP_MESSAGES: Final = 20
GROUP_SECONDS: Final = 60.0
MOST_TRIES: Final = 6
# seconds: no longer is waited for a chat, nor for what is left when the bot stops
MOST_WAITED: Final = 900.0
MOST_WAITED_AT_THE_END: Final = 5.0
# so many chats that Telegram holds back within so many seconds mean that it holds all back
CHATS_THAT_MEAN_ALL: Final = 3
AT_ONCE: Final = 1.0
# seconds too short to be waited for: the error of adding up floats
INSTANT: Final = 1e-6
# beyond so many chats the idle ones are forgotten
MOST_CHATS: Final = 1000

# the methods that send or edit messages, by their beginnings, and those among them that do not
COUNTED: Final = ("send", "copyMessage", "forwardMessage", "editMessage")
NOT_COUNTED: Final = frozenset({"sendChatAction", "sendMessageDraft"})

Result = bool | dict[str, Any] | list[dict[str, Any]]
Call = Callable[..., Coroutine[Any, Any, Result]]
Wait = Callable[[float], Coroutine[Any, Any, None]]


@dataclass(frozen=True)
class RequestManner:
    """How a request is sent: what is called right before, and whether it counts as a message if it looks like one."""

    before: Callable[[], object] | None = None
    counted: bool = True


class RateLimit(Protocol):
    """One limit; times are seconds of the same clock."""

    def delay(self, now: float) -> float:
        """Seconds until one more is allowed; 0 where it is now."""

    def take(self, now: float) -> None:
        """Count one."""

    def delay_after_next(self, now: float) -> float:
        """Seconds until the message after the next is allowed, 0 where they only space messages out."""

    def tighten(self, now: float) -> None:
        """Allow less: Telegram says that this much was too much."""


class TokenBucket:
    """``rate`` a second on average, and ``burst`` at once after a quiet time (the token bucket algorithm)."""

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
        """0: the bucket fills up again at once."""
        return 0.0

    def tighten(self, now: float) -> None:
        """Allow no more bursts."""
        self._burst = 1.0
        self._level, self._at = 0.0, now

    def _filled(self, now: float) -> float:
        return min(self._burst, self._level + (now - self._at) * self._rate)


class SlidingWindow:
    """At most ``most`` in any ``seconds`` that follow each other."""

    def __init__(self, most: int, seconds: float) -> None:
        self._seconds = seconds
        self._taken: deque[float] = deque(maxlen=most)

    def delay(self, now: float) -> float:
        full = len(self._taken) == self._taken.maxlen
        return max(0.0, self._taken[0] + self._seconds - now) if full else 0.0

    def take(self, now: float) -> None:
        self._taken.append(now)

    def delay_after_next(self, now: float) -> float:
        left = (self._taken.maxlen or 0) - len(self._taken)
        return max(0.0, self._taken[1 - left] + self._seconds - now) if left <= 1 else 0.0

    def tighten(self, now: float) -> None:
        """Stay as it is: Telegram gives this limit in numbers."""


class ChatQueue:
    """The requests of a chat, one after the other, each when all limits allow it and nothing holds the chat back."""

    def __init__(self, clock: Callable[[], float], wait: Wait, *limits: RateLimit) -> None:
        self.limits = limits
        self._clock = clock
        self._wait = wait
        self._held_until = 0.0
        self._used = 0.0
        self._lock = asyncio.Lock()

    async def acquire(self) -> None:
        """Wait until the limits allow a message, after those that came before, and count it."""
        async with self._lock:
            now = self._clock()
            while (delay := self._delay(now)) > INSTANT:
                await self._wait(delay)
                now = self._clock()
            for limit in self.limits:
                limit.take(now)
            self._used = now

    async def wait_until_free(self) -> None:
        """Wait until nothing holds the chat back; count nothing."""
        while (delay := self._held_until - self._clock()) > INSTANT:
            await self._wait(delay)

    def hold(self, until: float) -> None:
        """Hold everything back until a time."""
        self._held_until = max(self._held_until, until)

    def is_idle(self, now: float) -> bool:
        """Whether it may be forgotten: nothing waits and no limit is touched."""
        return not self._lock.locked() and now - max(self._used, self._held_until) > GROUP_SECONDS

    def _delay(self, now: float) -> float:
        return max(self._held_until - now, 0.0, *(limit.delay(now) for limit in self.limits))


class RateLimiter(BaseRateLimiter[RequestManner]):
    """Keeps to Telegram's limits; ``clock`` is monotonic, in seconds.

    When Telegram says to wait (HTTP status 429), only the chat concerned waits, unless Telegram says so to several at
    once. Once the bot is ``stopping``, what would have to wait for long is given up with RetryAfter.
    """

    def __init__(self, stopping: asyncio.Event, metrics: Metrics, clock: Callable[[], float] = time.monotonic) -> None:
        self._stopping = stopping
        self._metrics = metrics
        self._clock = clock
        self._overall = ChatQueue(clock, self._wait, TokenBucket(OVERALL_A_SECOND, OVERALL_A_SECOND))
        self._chats: dict[int | str, ChatQueue] = {}
        self._held_back: deque[tuple[float, int | str]] = deque(maxlen=CHATS_THAT_MEAN_ALL)

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
            await self._acquire(chat, counted=manner.counted and _is_counted(endpoint))
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

    def delay_after_next(self, chat: int) -> float:
        """Seconds that a chat's message after the next one has to wait for the chat's own limits."""
        now = self._clock()
        return max((limit.delay_after_next(now) for limit in self._queue_of(chat).limits), default=0.0)

    async def _acquire(self, chat: int | str | None, *, counted: bool) -> None:
        """Wait for the chat's limits, then for those of all; what does not count waits only while the chat is held."""
        if chat is None:
            return
        if not counted:
            await self._queue_of(chat).wait_until_free()
            return
        await self._queue_of(chat).acquire()
        await self._overall.acquire()

    async def _hold(self, chat: int | str | None, seconds: float, endpoint: str) -> None:
        """Let a chat wait for as long as Telegram says."""
        now = self._clock()
        log.warning("Telegram wants %s to chat %s to wait for %g s", endpoint, chat, seconds)
        if chat is None:
            await self._wait(seconds)
            return
        queue = self._queue_of(chat)
        queue.hold(now + seconds)
        for limit in queue.limits:
            limit.tighten(now)
        self._held_back.append((now, chat))
        recent = {each for then, each in self._held_back if now - then < AT_ONCE}
        if len(recent) >= CHATS_THAT_MEAN_ALL:
            self._overall.hold(now + seconds)

    async def _wait(self, seconds: float) -> None:
        """Wait; raises RetryAfter where the seconds are too many for a bot that stops."""
        if not self._stopping.is_set():
            await pause(self._stopping, seconds)
        elif seconds > MOST_WAITED_AT_THE_END:
            raise RetryAfter(math.ceil(seconds))
        else:
            await asyncio.sleep(seconds)

    def _queue_of(self, chat: int | str) -> ChatQueue:
        if chat not in self._chats:
            self._forget_idle()
            group = () if isinstance(chat, int) and chat > 0 else (SlidingWindow(GROUP_MESSAGES, GROUP_SECONDS),)
            self._chats[chat] = ChatQueue(self._clock, self._wait, TokenBucket(CHAT_A_SECOND, CHAT_BURST), *group)
        return self._chats[chat]

    def _forget_idle(self) -> None:
        if len(self._chats) >= MOST_CHATS:
            now = self._clock()
            self._chats = {chat: queue for chat, queue in self._chats.items() if not queue.is_idle(now)}


def _chat(given: object) -> int | str | None:
    """A chat as a key: a number also where it is given as text, else a channel's name."""
    text = str(given)
    if given is None:
        return None
    return int(text) if text.lstrip("-").isdecimal() else text.casefold()


def _is_counted(endpoint: str) -> bool:
    return endpoint.startswith(COUNTED) and endpoint not in NOT_COUNTED


def _seconds(error: RetryAfter) -> float:
    """How long to wait, and a little more: Telegram's seconds are whole ones."""
    seconds = error.retry_after
    return (seconds.total_seconds() if isinstance(seconds, timedelta) else seconds) + 0.1
