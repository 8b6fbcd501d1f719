"""The least that a bot of the same library can be: it answers every message with its own words.

TELEGRAM_BOT_TOKEN and DATELINE_TELEGRAM_API say where, as they do for Dateline.
"""

from __future__ import annotations

import logging
import os

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters


async def echo(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Say again what was said, as a reply to it."""
    if update.effective_message and update.effective_message.text:
        await update.effective_message.reply_text(update.effective_message.text, do_quote=True)


def main() -> None:
    logging.basicConfig(level=logging.WARNING)
    origin = os.environ["DATELINE_TELEGRAM_API"]
    application = (
        Application.builder()
        .token(os.environ["TELEGRAM_BOT_TOKEN"])
        .base_url(f"{origin}/bot")
        .concurrent_updates(256)
        .connection_pool_size(256)
        .pool_timeout(30)
        .build()
    )
    application.add_handler(MessageHandler(filters.TEXT, echo))
    application.run_polling(poll_interval=0.0)


if __name__ == "__main__":
    main()
