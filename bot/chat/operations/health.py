"""Whether the bot lives and hears: for the log, for /healthz and for /metrics."""

from __future__ import annotations

import asyncio
import logging
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from bot.chat.telemetry.metrics import FAILURES, TYPE, Metrics
from bot.chat.transport.cancellation import pause
from bot.chat.transport.update_log import UpdateLog
from bot.chat.transport.web_server import JSON, Answer, HttpRequest, HttpResponse, Route
from retrieval.models import Record

log = logging.getLogger(__name__)

# seconds without a word from Telegram after which the bot counts as deaf
DEAF_AFTER = 120.0
BETWEEN_LOOKS = 5.0

_PAGES = Path("/proc/self/statm")


class Heartbeat:
    """When Telegram was heard last; ``clock`` gives seconds that never run backwards."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._began = clock()
        self._heard: float | None = None

    def heard(self) -> None:
        """Telegram answered a request for updates, or sent one."""
        self._heard = self._clock()

    @property
    def uptime(self) -> float:
        """Seconds since the bot began."""
        return self._clock() - self._began

    @property
    def silence(self) -> float | None:
        """Seconds since Telegram was heard last; None where it never was."""
        return None if self._heard is None else self._clock() - self._heard

    @property
    def is_deaf(self) -> bool:
        """Whether so long nothing was heard that something is wrong."""
        silence = self.silence
        return (self.uptime if silence is None else silence) > DEAF_AFTER


class HealthReport(Record):
    """How the bot is: whether it hears Telegram, since when it runs, what waits, and how much failed since it began."""

    status: Literal["ok", "starting", "deaf"]
    seconds_since_telegram: float | None
    uptime_seconds: float
    open_updates: int
    lag_seconds: float
    failures: int


class Health:
    """Answers /healthz and /metrics, and tells the log when the bot becomes deaf."""

    def __init__(self, pulse: Heartbeat, journal: UpdateLog, metrics: Metrics) -> None:
        self._pulse = pulse
        self._journal = journal
        self._metrics = metrics
        self._measure()

    @property
    def routes(self) -> dict[Route, Answer]:
        return {("GET", "/healthz"): self.healthz, ("GET", "/metrics"): self.metrics}

    async def healthz(self, asked: HttpRequest) -> HttpResponse:
        """200 while the bot lives and hears, or is starting; 503 and "deaf" while it hears nothing."""
        told = self.vitals()
        return HttpResponse(503 if told.status == "deaf" else 200, told.model_dump_json() + "\n", JSON)

    def vitals(self) -> HealthReport:
        """How the bot is now."""
        pulse, backlog = self._pulse, self._journal.backlog()
        return HealthReport(
            status="deaf" if pulse.is_deaf else "starting" if pulse.silence is None else "ok",
            seconds_since_telegram=None if pulse.silence is None else round(pulse.silence, 1),
            uptime_seconds=round(pulse.uptime, 1),
            open_updates=backlog.open,
            lag_seconds=round(backlog.lag, 1),
            failures=self._metrics.total(FAILURES),
        )

    async def metrics(self, asked: HttpRequest) -> HttpResponse:
        """Every metric."""
        return HttpResponse(200, self._metrics.text(), TYPE)

    async def watch(self, stopping: asyncio.Event) -> None:
        """Say in the log when the bot becomes deaf, and when it hears again."""
        was_deaf = False
        while not stopping.is_set():
            if self._pulse.is_deaf and not was_deaf:
                log.error("Deaf: for %d seconds Telegram has answered no request for updates", DEAF_AFTER)
            elif was_deaf and not self._pulse.is_deaf:
                log.warning("Telegram is heard again")
            was_deaf = self._pulse.is_deaf
            await pause(stopping, BETWEEN_LOOKS)

    def _measure(self) -> None:
        pulse, gauge = self._pulse, self._metrics.gauge
        gauge("dateline_uptime_seconds", "Time since the bot began.", lambda: pulse.uptime)
        gauge(
            "dateline_seconds_since_telegram",
            "Time since Telegram was heard last.",
            lambda: pulse.uptime if pulse.silence is None else pulse.silence,
        )
        gauge("dateline_deaf", "1 while Telegram is not heard.", lambda: float(pulse.is_deaf))
        gauge("dateline_open_updates", "Updates that are not done yet.", lambda: self._journal.backlog().open)
        gauge("dateline_lag_seconds", "Age of the oldest of them.", lambda: self._journal.backlog().lag)
        gauge("process_cpu_seconds_total", "CPU time of the process.", time.process_time, "counter")
        if _PAGES.exists():  # Linux
            gauge("process_resident_memory_bytes", "Memory of the process.", _memory)


def _memory() -> float:
    return float(_PAGES.read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGESIZE")
