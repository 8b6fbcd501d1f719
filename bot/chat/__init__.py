"""Dateline in Telegram: answers in chats, groups, channels and inline until it is stopped.

>>> run(settings, service)  # doctest: +SKIP
0
"""

from retrieval.lazy import lazy_exports

__getattr__, __dir__, __all__ = lazy_exports(__name__, {"run": "app"})
