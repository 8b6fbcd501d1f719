"""``dateline run`` and ``dateline chat``: the bot in Telegram or in the terminal."""

from __future__ import annotations

import sys

from bot.cli.arguments import EXIT_OK, CommandContext, Register, print_error
from bot.settings import variable
from bot.terminal.session import converse

TOKEN = variable("telegram_bot_token")


def register(command: Register) -> None:
    parser = command("run", help="run the bot", description=f"Telegram where {TOKEN} is set, else the terminal chat.")
    parser.set_defaults(command=run)
    parser = command("chat", help="ask in the terminal", description="Ask questions in the terminal, one a line.")
    parser.set_defaults(command=chat)


def run(context: CommandContext) -> int:
    """Run the Telegram bot where there is a token, else the terminal chat; a line on stderr says which and why."""
    if context.settings.telegram_bot_token is None:
        print_error(f"Terminal chat, because {TOKEN} is not set.")
        return chat(context)
    print_error(f"Telegram, because {TOKEN} is set. Ctrl-C stops the bot.")
    return _telegram(context)


def chat(context: CommandContext) -> int:
    """Answer each line of stdin."""
    with context.open_dateline() as dateline:
        converse(dateline, sys.stdin, sys.stdout)
    return EXIT_OK


def _telegram(context: CommandContext) -> int:
    from bot.chat import app  # noqa: PLC0415  importing telegram takes a second, which only this command needs

    with context.open_dateline() as dateline:
        dateline.warm()
        return app.run(context.settings, dateline)
