"""Whether the bot runs and is connected to Telegram: for the log, for /healthz and for /metrics."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from typing import Final, Literal

from bot.chat.telemetry.metrics import CONTENT_TYPE, Metrics, total
from bot.chat.transport.cancellation import pause
from bot.chat.transport.update_log import UpdateLog
from bot.chat.transport.web_server import JSON, HttpRequest, HttpResponse, Responder, Route
from retrieval.models import Record

log = logging.getLogger(__name__)

# seconds without a response from Telegram after which the bot counts as not connected: four polls of 30 seconds
UNREACHABLE_AFTER: Final = 120.0
CHECK_SECONDS: Final = 5.0


class Heartbeat:
    """When Telegram responded last; ``clock`` is monotonic, in seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._started = clock()
        self._last_contact: float | None = None

    def record_contact(self) -> None:
        """Note that Telegram responded to a request for updates, or sent one."""
        self._last_contact = self._clock()

    @property
    def uptime(self) -> float:
        """Seconds since the bot started."""
        return self._clock() - self._started

    @property
    def since_contact(self) -> float | None:
        """Seconds since Telegram responded last; None where it never did."""
        return None if self._last_contact is None else self._clock() - self._last_contact

    @property
    def is_connected(self) -> bool:
        """Whether Telegram responded, or the bot started, not longer ago than ``UNREACHABLE_AFTER``."""
        return (self.uptime if self.since_contact is None else self.since_contact) <= UNREACHABLE_AFTER


class HealthReport(Record):
    """Whether the bot is connected, how long it runs, which updates wait, and how many failed since it started."""

    status: Literal["ok", "starting", "not_connected"]
    seconds_since_telegram: float | None
    uptime_seconds: float
    open_updates: int
    lag_seconds: float
    failures: int


class Health:
    """Responds to /healthz and /metrics, and logs when the connection to Telegram is lost and when it is back."""

    def __init__(self, heartbeat: Heartbeat, update_log: UpdateLog, metrics: Metrics) -> None:
        self._heartbeat = heartbeat
        self._update_log = update_log
        self._metrics = metrics
        self._register_gauges()

    @property
    def routes(self) -> dict[Route, Responder]:
        return {("GET", "/healthz"): self.healthz, ("GET", "/metrics"): self.metrics}

    async def healthz(self, request: HttpRequest) -> HttpResponse:
        """The report as JSON: status 200 while the bot is connected or starting, else 503."""
        report = self.report()
        return HttpResponse(503 if report.status == "not_connected" else 200, report.model_dump_json() + "\n", JSON)

    def report(self) -> HealthReport:
        """How the bot is now."""
        heartbeat, backlog = self._heartbeat, self._update_log.backlog()
        since = heartbeat.since_contact
        connected: Literal["ok", "starting"] = "starting" if since is None else "ok"
        return HealthReport(
            status=connected if heartbeat.is_connected else "not_connected",
            seconds_since_telegram=None if since is None else round(since, 1),
            uptime_seconds=round(heartbeat.uptime, 1),
            open_updates=backlog.open,
            lag_seconds=round(backlog.lag, 1),
            failures=total(self._metrics.failures),
        )

    async def metrics(self, request: HttpRequest) -> HttpResponse:
        """Every metric as Prometheus reads it."""
        return HttpResponse(200, self._metrics.text(), CONTENT_TYPE)

    async def watch(self, stopping: asyncio.Event) -> None:
        """Log when the connection to Telegram is lost, and when it is back, until ``stopping``."""
        was_connected = True
        while not stopping.is_set():
            connected = self._heartbeat.is_connected
            if was_connected and not connected:
                log.error("Not connected: Telegram has not responded for %d seconds", UNREACHABLE_AFTER)
            elif connected and not was_connected:
                log.warning("Connected again: Telegram responds")
            was_connected = connected
            await pause(stopping, CHECK_SECONDS)

    def _register_gauges(self) -> None:
        heartbeat, gauge, backlog = self._heartbeat, self._metrics.gauge, self._update_log.backlog
        gauge("dateline_uptime_seconds", "Time since the bot started.", lambda: heartbeat.uptime)
        gauge("dateline_seconds_since_telegram", "Time since Telegram responded last.", self._seconds_since_telegram)
        unreachable = "1 while the bot is not connected: Telegram does not respond."
        gauge("dateline_telegram_unreachable", unreachable, lambda: float(not heartbeat.is_connected))
        gauge("dateline_open_updates", "Updates that are not done yet.", lambda: backlog().open)
        gauge("dateline_lag_seconds", "Age of the oldest of them.", lambda: backlog().lag)

    def _seconds_since_telegram(self) -> float:
        since = self._heartbeat.since_contact
        return self._heartbeat.uptime if since is None else since
