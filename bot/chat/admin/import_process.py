"""A file added to the articles by a process of its own, so that what is sent cannot take the bot's time or life."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path
from typing import Final

MOST_SECONDS: Final = 120.0
MOST_LINES: Final = 30

Add = Callable[[Path], Awaitable[tuple[str, ...] | None]]


def adding(data_dir: Path, seconds: float = MOST_SECONDS) -> Add:
    """What adds a file as ``dateline add`` does, and says the same lines; None where it took longer than allowed.

    What was written by then stays, whole articles only; the bot sees it at the next question.
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
            out, told = await asyncio.wait_for(process.communicate(), seconds)
        except TimeoutError:
            return None
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        return _lines((told + out).decode("utf-8", "replace").splitlines(), path.parent)

    return add


def _lines(said: Iterable[str], folder: Path) -> tuple[str, ...]:
    """The lines for the person who sent the file: without our folder's name, and not too many."""
    lines = [line.replace(f"{folder}{os.sep}", "") for line in said if line.strip()]
    left = len(lines) - MOST_LINES
    return (*lines[: MOST_LINES - 1], f"… {left}", lines[-1]) if left > 0 else tuple(lines)
