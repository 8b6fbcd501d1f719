"""Answering while it is measured, and named in the log."""

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
    """The one thread in which questions are answered; its log names the update that it works for."""

    def __init__(self) -> None:
        super().__init__(1, "answering")

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """Let the thread work in the context of who asks it to."""
        return super().submit(copy_context().run, fn, *args, **kwargs)


class InstrumentedService:
    """A service whose answers are counted and timed; everything else is passed on."""

    def __init__(self, service: Service, metrics: Metrics, clock: Callable[[], float] = time.perf_counter) -> None:
        self._service = service
        self._metrics = metrics
        self._clock = clock

    def __getattr__(self, name: str) -> Any:
        return getattr(self._service, name)

    def answer(self, text: str, today: date | None, *more: Any, **others: Any) -> Trace:
        """What the articles say to a question asked on a day."""
        began = self._clock()
        trace = self._service.answer(text, today, *more, **others)
        self._metrics.answering.observe(self._clock() - began)
        self._metrics.answers.labels("silence" if isinstance(trace.reply, NoAnswer) else "answer").inc()
        return trace
