"""The command line of a bot that waits for a twentieth of the time: a minute's outage is one of three seconds."""

from __future__ import annotations

import sys
from functools import partial

from bot.chat import app
from bot.chat.transport import http_client, polling, update_queue
from bot.chat.transport.sender import DELAYS, Sender
from bot.cli.main import main

TIMES_AS_FAST = 20


def hurry() -> None:
    """Shorten whatever waits for Telegram."""
    http_client.CONNECT, http_client.FREE = http_client.CONNECT / TIMES_AS_FAST, http_client.FREE / TIMES_AS_FAST
    polling.SLACK, polling.POLL_SECONDS = polling.SLACK / TIMES_AS_FAST, 1
    polling.DELAYS = tuple(seconds / TIMES_AS_FAST for seconds in polling.DELAYS)
    update_queue.BETWEEN_TRIES /= TIMES_AS_FAST
    delays = tuple(seconds / TIMES_AS_FAST for seconds in DELAYS)
    vars(app)["Sender"] = partial(Sender, delays=delays)
    vars(app)["HttpClient"] = partial(http_client.HttpClient, read=http_client.READ / TIMES_AS_FAST)


if __name__ == "__main__":
    hurry()
    sys.exit(main())
