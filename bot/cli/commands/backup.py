"""``dateline backup``: copies the databases as they are at one moment, also while the bot runs."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

from bot.bootstrap import ORIGIN, STORE
from bot.chat.persistence import delivery_database
from bot.chat.persistence.chat_database import FILE
from bot.cli.arguments import EXIT_OK, CommandContext, Register, UsageError
from retrieval.storage.sqlite import copy_database

# without the index, which is built from the articles where it is missing
DATABASES: Final = (STORE, FILE, delivery_database.FILE)


def register(command: Register) -> None:
    parser = command(
        "backup",
        help="copy everything into a folder",
        description="Copy the articles and the chat databases into a new folder, also while the bot runs. To restore "
        "the backup, start the bot with that folder as --data.",
    )
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.set_defaults(command=backup)


def backup(context: CommandContext) -> int:
    """Copy the databases of the data folder into an empty folder, and print their names.

    Raises UsageError where there is no database, or the folder is not empty."""
    data, folder = context.settings.data_dir, context.options.folder
    found = [name for name in DATABASES if (data / name).exists()]
    if not found:
        raise UsageError(f"{data} is no data folder of Dateline; give one with --data")
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise UsageError(f"{folder} is not empty; give an empty folder or a new one")
    for name in found:
        copy_database(data / name, folder / name)
    if (data / ORIGIN).exists():
        shutil.copy(data / ORIGIN, folder)
    print(f"Copied {', '.join(found)} to {folder}.")
    return EXIT_OK
