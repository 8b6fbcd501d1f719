"""Adds a file to the articles in a process of its own, so that a file that is sent cannot block or stop the bot."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path
from typing import Final

# so long an administrator waits for one file at most
MOST_SECONDS: Final = 120.0
# lines of output, so that the reply is one message
MOST_LINES: Final = 30

AddFile = Callable[[Path], Awaitable[tuple[str, ...] | None]]


def file_importer(data_dir: Path, seconds: float = MOST_SECONDS) -> AddFile:
    """A function that adds a file as ``dateline add`` does and returns its output; None where it took too long.

    What was stored by then stays, whole articles only; the bot uses it from the next question on.
    """

    command = (sys.executable, "-m", "bot", "--data", str(data_dir.resolve()), "add")

    async def add(path: Path) -> tuple[str, ...] | None:
        process = await asyncio.create_subprocess_exec(
            *command,
            str(path),
            env={name: value for name, value in os.environ.items() if name != "TELEGRAM_BOT_TOKEN"},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        try:
            out, err = await asyncio.wait_for(process.communicate(), seconds)
        except TimeoutError:
            return None
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        return _lines((err + out).decode("utf-8", "replace").splitlines(), path.parent)

    return add


def _lines(output: Iterable[str], folder: Path) -> tuple[str, ...]:
    """The lines for the person who sent the file: without the temporary folder's name, and not too many."""
    lines = [line.replace(f"{folder}{os.sep}", "") for line in output if line.strip()]
    left = len(lines) - MOST_LINES
    return (*lines[: MOST_LINES - 1], f"… {left}", lines[-1]) if left > 0 else tuple(lines)
