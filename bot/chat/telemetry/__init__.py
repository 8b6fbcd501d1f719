"""What operators see of a running bot: logs that never show a secret, and metrics as Prometheus reads them.

>>> configure("info", [token], "json")  # doctest: +SKIP
>>> with about(update.update_id):  # doctest: +SKIP
...     log.info("this line names the update")
>>> metrics = Metrics()
>>> metrics.failures.labels("TimedOut").inc()
>>> 'dateline_failures_total{error="TimedOut"} 1.0' in metrics.text()
True
"""

from retrieval.lazy import lazy_exports

__getattr__, __dir__, __all__ = lazy_exports(
    __name__,
    {
        "InstrumentedService": "instrumentation",
        "Metrics": "metrics",
        "Worker": "instrumentation",
        "about": "log_config",
        "configure": "log_config",
    },
)
