"""The command line of a bot that waits for a twentieth of the time: a minute's outage is one of three seconds."""

from __future__ import annotations

import sys
from functools import partial

from bot.chat import app as application
from bot.chat.transport import http_client as lines
from bot.chat.transport import polling
from bot.chat.transport import sender as delivery
from bot.chat.transport import update_queue as intake
from bot.cli.main import main

TIMES_AS_FAST = 20


def hurry() -> None:
    """Shorten whatever waits for Telegram."""
    lines.CONNECT, lines.FREE = lines.CONNECT / TIMES_AS_FAST, lines.FREE / TIMES_AS_FAST
    polling.SLACK, polling.POLL_SECONDS = polling.SLACK / TIMES_AS_FAST, 1
    polling.DELAYS = tuple(seconds / TIMES_AS_FAST for seconds in polling.DELAYS)
    intake.BETWEEN_TRIES /= TIMES_AS_FAST
    delays = tuple(seconds / TIMES_AS_FAST for seconds in delivery.DELAYS)
    vars(application)["Delivery"] = partial(delivery.Delivery, delays=delays)
    vars(application)["Lines"] = partial(lines.Lines, read=lines.READ / TIMES_AS_FAST)


if __name__ == "__main__":
    hurry()
    sys.exit(main())
