"""One module for each command of ``dateline``, or for a few that belong together.

Each has ``register(command)``, which declares the arguments and sets the function that runs: a function from a
``CommandContext`` to an exit code. ``bot.cli.main`` lists the modules.

    >>> from bot.cli.main import parser
    >>> parser().parse_args(["show", "ferry"]).command.__name__
    'show'
"""
