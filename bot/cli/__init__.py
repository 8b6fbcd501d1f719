"""The ``dateline`` command: each command is a module in ``commands``, registered in ``main``.

A command receives a ``CommandContext`` and returns an exit code: 0 success, 1 some records refused, 2 wrong use.
Results go to stdout, everything else to stderr, and an error is one line.

    >>> from bot.cli.main import main
    >>> main(["ask", "When did the unrest reach Almaty?"])  # doctest: +SKIP
    0
"""

from retrieval.lazy import lazy_exports

__getattr__, __dir__, __all__ = lazy_exports(
    __name__, {"CommandContext": "arguments", "UsageError": "arguments", "parser": "main"}
)
