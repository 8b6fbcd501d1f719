"""Keeps the bot running unattended: health for monitoring, one apology for an error, and regular jobs.

>>> heartbeat = Heartbeat()
>>> heartbeat.is_connected, heartbeat.since_contact
(True, None)
>>> Health(heartbeat, update_log, metrics).report().status  # doctest: +SKIP
'starting'
"""

from retrieval.lazy import lazy_exports

__getattr__, __dir__, __all__ = lazy_exports(
    __name__,
    {
        "ErrorHandler": "error_handler",
        "Health": "health",
        "HealthReport": "health",
        "Heartbeat": "health",
        "Job": "maintenance",
        "Maintenance": "maintenance",
        "UnansweredDigest": "maintenance",
    },
)
