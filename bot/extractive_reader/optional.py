"""A reader that is loaded when first needed, and that answering can do without."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from pathlib import Path

from bot.answering.readings import PassageReading
from bot.extractive_reader.errors import ReaderUnavailable
from bot.extractive_reader.model import Reader, load_reader
from retrieval.models import Hit

log = logging.getLogger(__name__)

WEIGHTS = Path(__file__).with_name("weights")
"""The folder of the reader that is part of the package."""


class OptionalReader:
    """The reader of a folder; where it cannot be used, the log says so once and it reads nothing.

    Nothing is read from disk before the first use. Threads may share it.
    """

    def __init__(self, folder: Path) -> None:
        self._folder, self._lock = folder, threading.Lock()
        self._reader: Reader | None = None
        self._failed = False

    @property
    def digest(self) -> str | None:
        """What names the weights; None where the reader cannot be used."""
        reader = self._usable()
        return reader.digest if reader else None

    def warm(self) -> None:
        """Open the reader, so that the first question costs no more than others."""
        self._usable()

    def __call__(self, question: str, hits: Sequence[Hit]) -> tuple[PassageReading, ...]:
        """The readings of the best hits; none where the reader cannot be used."""
        reader = self._usable()
        return reader(question, hits) if reader else ()

    def _usable(self) -> Reader | None:
        """The reader, opened; None where that failed now or before."""
        with self._lock:
            if self._reader is None and not self._failed:
                self._open()
            return self._reader

    def _open(self) -> None:
        try:
            reader = load_reader(self._folder)
            reader.warm()
        except ReaderUnavailable as error:
            self._failed = True
            log.warning("Answers are found by rules alone, because %s", error)
        else:
            self._reader = reader
