"""Logging that cannot give the token away, whatever is logged and by whom."""

from __future__ import annotations

import logging
import re
import sys
import threading
from types import TracebackType

HIDDEN = "<token>"
CHATTY = ("httpx", "httpcore", "apscheduler")
FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"

# a bot's token, also where a URL is quoted
_TOKEN = re.compile(r"\d{6,}(?::|%3A)[A-Za-z0-9_-]{30,}", re.IGNORECASE)


class Redactor:
    """Takes a bot token out of text: the given one, and everything that looks like one."""

    def __init__(self, token: str | None = None) -> None:
        self._token = token

    def __call__(self, text: str) -> str:
        if self._token:
            text = text.replace(self._token, HIDDEN).replace(self._token.replace(":", "%3A"), HIDDEN)
        return _TOKEN.sub(HIDDEN, text)


class RedactingFormatter(logging.Formatter):
    """Formats as another formatter does, tracebacks included, and takes tokens out of the result."""

    def __init__(self, inner: logging.Formatter, redact: Redactor) -> None:
        super().__init__()
        self._inner = inner
        self._redact = redact

    def format(self, record: logging.LogRecord) -> str:
        return self._redact(self._inner.format(record))


def configure(level: str, token: str | None) -> None:
    """Log to stderr, or to the handlers that are there, with every line redacted.

    The HTTP libraries write addresses, which hold the token, at INFO and DEBUG: they are kept to warnings at any level.
    Uncaught exceptions go through the log as well.
    """
    root = logging.getLogger()
    if not root.handlers:
        root.addHandler(logging.StreamHandler())
    root.setLevel(level.upper())
    redact = Redactor(token)
    for handler in root.handlers:
        handler.setFormatter(RedactingFormatter(handler.formatter or logging.Formatter(FORMAT), redact))
    for name in CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.captureWarnings(True)
    sys.excepthook = _uncaught
    threading.excepthook = _uncaught_in_thread


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    logging.getLogger("bot").critical("Dateline ends because of an error", exc_info=(kind, error, trace))


def _uncaught_in_thread(failed: threading.ExceptHookArgs) -> None:
    if failed.exc_value is not None:
        _uncaught(failed.exc_type, failed.exc_value, failed.exc_traceback)
