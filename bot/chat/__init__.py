"""The Telegram bot: it receives updates once, answers each in the place it came from, and stores what buttons need.

>>> run(settings, service)  # doctest: +SKIP
0
"""

from retrieval.lazy import lazy_exports

__getattr__, __dir__, __all__ = lazy_exports(__name__, {"run": "app"})
