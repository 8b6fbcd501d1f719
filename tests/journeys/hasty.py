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
    http_client.CONNECT_SECONDS /= TIMES_AS_FAST
    http_client.FREE_SECONDS /= TIMES_AS_FAST
    polling.RESPONSE_SECONDS /= TIMES_AS_FAST
    polling.POLL_SECONDS = 1
    polling.DELAYS = tuple(seconds / TIMES_AS_FAST for seconds in polling.DELAYS)
    update_queue.RETRY_SECONDS /= TIMES_AS_FAST
    delays = tuple(seconds / TIMES_AS_FAST for seconds in DELAYS)
    app.Sender = partial(Sender, delays=delays)
    app.HttpClient = partial(http_client.HttpClient, read_timeout=http_client.READ_SECONDS / TIMES_AS_FAST)


if __name__ == "__main__":
    hurry()
    sys.exit(main())
