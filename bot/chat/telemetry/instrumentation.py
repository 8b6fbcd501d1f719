"""Answering that is counted and timed, with the update that it is for in the log."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from datetime import date
from typing import Any, TypeVar

from bot.answering.models import NoAnswer, Trace
from bot.chat.telemetry.metrics import Metrics
from bot.chat.types import Service

T = TypeVar("T")


class Worker(ThreadPoolExecutor):
    """The one thread in which questions are answered; its log lines name the update that they are about."""

    def __init__(self) -> None:
        super().__init__(1, "answering")

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """Run a function in the thread, with the context variables of the caller."""
        return super().submit(copy_context().run, fn, *args, **kwargs)


class InstrumentedService:
    """Counts and times the answers of a service; everything else is passed on. ``clock`` is in seconds."""

    def __init__(self, service: Service, metrics: Metrics, clock: Callable[[], float] = time.perf_counter) -> None:
        self._service = service
        self._metrics = metrics
        self._clock = clock

    def __getattr__(self, name: str) -> Any:
        return getattr(self._service, name)

    def answer(self, text: str, today: date | None, *more: Any, **others: Any) -> Trace:
        """Answer a question asked on a day, and count and time it."""
        began = self._clock()
        trace = self._service.answer(text, today, *more, **others)
        self._metrics.answering.observe(self._clock() - began)
        self._metrics.answers.labels("silence" if isinstance(trace.reply, NoAnswer) else "answer").inc()
        return trace
