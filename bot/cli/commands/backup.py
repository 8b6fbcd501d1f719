"""``dateline backup``: everything that is kept, copied as it is at one moment, also while the bot runs."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

from bot.bootstrap import ORIGIN, STORE
from bot.chat.persistence import delivery_database
from bot.chat.persistence.chat_database import FILE
from bot.cli.arguments import FINE, CommandContext, Register, UsageError
from retrieval.storage.sqlite import copy_database

# the index is not among them: it is made anew from the articles
DATABASES: Final = (STORE, FILE, delivery_database.FILE)


def register(command: Register) -> None:
    parser = command(
        "backup",
        help="copy everything into a folder",
        description="Copy the articles and what the chats left into a new folder, also while the bot runs. To go "
        "back, start the bot over that folder.",
    )
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.set_defaults(command=backup)


def backup(context: CommandContext) -> int:
    """Copy what is there into an empty folder, and say what it was."""
    data, folder = context.settings.data_dir, context.options.folder
    found = [name for name in DATABASES if (data / name).exists()]
    if not found:
        raise UsageError(f"{data} is no data folder of Dateline: name it with --data")
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise UsageError(f"{folder} is not empty: name a folder that is, or a new one")
    for name in found:
        copy_database(data / name, folder / name)
    if (data / ORIGIN).exists():
        shutil.copy(data / ORIGIN, folder)
    print(f"Copied {', '.join(found)} to {folder}.")
    return FINE
