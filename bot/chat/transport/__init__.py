"""Takes updates from Telegram and delivers answers to it, each once: through crashes, outages and rate limits.

>>> log = UpdateLog(DeliveryDatabase(folder / "chat.sqlite3"))  # doctest: +SKIP
>>> queue = UpdateQueue(bot, log, application.update_queue, metrics)  # doctest: +SKIP
>>> await Poller(bot, queue, ["message"], reports).run(stopping)  # doctest: +SKIP
>>> await Sender(bot, database, stopping).deliver(place, parts)  # doctest: +SKIP

Why this is not PTB's ``Updater``, ``AIORateLimiter`` and ``HTTPXRequest``:

- Crash safety. ``Updater`` lets Telegram forget an update once it is in a queue in memory, so a crash loses it. Here it
  is in the update log, on disk, before Telegram may forget it, and stays until it is answered; an answer that was being
  sent when the process ended is searched for before it is sent again.
- Fairness. When Telegram says to wait, ``AIORateLimiter`` lets every chat wait; here the others go on.
- CPU time, which bounds how many readers one core serves (docs/benchmarks.md). A request takes 0.5 ms with our HTTP
  client and 2.5 ms with ``HTTPXRequest`` (3,000 sendMessage over loopback), of 14.5 ms for a whole answer; and one poll
  brings all updates of a tenth of a second. With these two and less work for an answer, its CPU time fell from 4.3 to
  2.5 times that of an echo bot on PTB's own parts.
"""

from retrieval.lazy import lazy_exports

__getattr__, __dir__, __all__ = lazy_exports(
    __name__,
    {
        "BackpressureNotice": "dispatcher",
        "CannotListen": "web_server",
        "HttpClient": "http_client",
        "PerChatUpdateProcessor": "dispatcher",
        "Poller": "polling",
        "RateLimiter": "rate_limiter",
        "Sender": "sender",
        "TransportReports": "update_queue",
        "UpdateLog": "update_log",
        "UpdateQueue": "update_queue",
        "WebServer": "web_server",
        "Webhook": "webhook",
        "WebhookAddress": "webhook",
    },
)
