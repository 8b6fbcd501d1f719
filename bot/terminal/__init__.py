"""The conversation in a terminal or through a pipe: one question or command a line, one reply each.

>>> import sys
>>> from bot.terminal import converse
>>> converse(dateline, sys.stdin, sys.stdout)  # doctest: +SKIP
"""

from retrieval.lazy import lazy_exports

__getattr__, __dir__, __all__ = lazy_exports(
    __name__, {"TerminalReply": "session", "TerminalService": "session", "converse": "session", "reply": "session"}
)
