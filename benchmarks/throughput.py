"""Times Dateline beside a bare echo bot of the same library: ``python -m benchmarks.throughput --help``.

Both are real processes that poll a Bot API server on loopback, at the same time, and are asked at the same steady
rate, so that whatever else the machine does falls on both alike.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from itertools import count, islice
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter, sleep
from typing import Any

from benchmarks.asking import questions
from benchmarks.pages import Made, machine_name, put
from tests.tglab import BotProcess, TelegramLab

ROOT = Path(__file__).parent.parent
FIRST_READER = 5001
WARMING = 200
# seconds without an answer after which what is missing counts as lost
PATIENCE = 60.0
MEGABYTE = 2**20
BAR_P95, BAR_CPU, BAR_MEMORY = 1.0, 2.0, 0.05


@dataclass
class Asked:
    """A bot that is being asked, and what was measured of it; times in seconds, memory in bytes."""

    name: str
    lab: TelegramLab
    bot: BotProcess
    readers: int = 1
    waiting: dict[tuple[int, int], float] = field(default_factory=dict)
    took: list[float] = field(default_factory=list)
    replies: set[str] = field(default_factory=set)
    surplus: int = 0
    cpu: float = 0.0
    memory: list[int] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=count)

    def begin(self, readers: int) -> None:
        """Let so many readers be there, and count from now on."""
        for reader in range(readers):
            self.lab.user(FIRST_READER + reader, f"Reader {reader}")
        self.readers = readers
        self.lab.server.keep_calls = False
        self.lab.server.on_call.clear()
        self.lab.world.on_event.clear()
        self.lab.world.on_event.append(self._answered)

    def ask(self, text: str) -> None:
        """One reader after the other asks; to be called in the lab's thread."""
        message = self.lab.say(FIRST_READER + next(self._numbers) % self.readers, None, text)
        self.waiting[message["chat"]["id"], message["message_id"]] = perf_counter()

    def _answered(self, event: Any) -> None:
        if event.kind != "message" or event.by != "bot":
            return
        asked = self.waiting.pop((event.chat_id, event.data["reply_to_message"]["message_id"]), None)
        self.replies.add(event.data["text"])
        if asked is None:
            self.surplus += 1
        else:
            self.took.append(perf_counter() - asked)

    @property
    def p95(self) -> float:
        return quantiles(self.took, n=20)[-1]

    @property
    def cpu_each(self) -> float:
        """Seconds of processor time for an answer."""
        return self.cpu / len(self.took)


def cpu_of(pid: int) -> float:
    """Seconds of processor time that a process has taken."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory_of(pid: int) -> int:
    """Bytes of memory that a process holds."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def filled(folder: Path) -> None:
    """Make a data folder with the seed articles."""
    subprocess.run([sys.executable, "-m", "bot", "--data", str(folder), "list"], check=True, capture_output=True)


def started(stack: ExitStack, name: str, argv: Sequence[str], folder: Path) -> Asked:
    """A bot that polls a Bot API server of its own, with readers who have not asked yet."""
    lab = stack.enter_context(TelegramLab())
    env = {"TELEGRAM_BOT_TOKEN": lab.token, "DATELINE_TELEGRAM_API": lab.url, "PYTHONPATH": str(ROOT)}
    env |= {"DATELINE_LOG_LEVEL": "warning", "NO_PROXY": "127.0.0.1"}
    bot = stack.enter_context(BotProcess([sys.executable, *argv], lab, env, folder / f"{name}.log", cwd=folder))
    return Asked(name, lab, bot)


async def pace(asked: Asked, texts: Sequence[str], rate: float) -> None:
    """Ask at a steady rate, however slow the answers are."""
    start = perf_counter()
    for number, text in enumerate(texts):
        await asyncio.sleep(max(0.0, start + number / rate - perf_counter()))
        asked.ask(text)


def put_to(bots: Sequence[Asked], texts: Sequence[str], rate: float) -> None:
    """Ask all bots the same at the same time, and wait for the answers."""
    asking = [asyncio.run_coroutine_threadsafe(pace(bot, texts, rate), bot.lab._loop) for bot in bots]
    for each in asking:
        each.result()
    deadline = perf_counter() + PATIENCE
    while any(bot.waiting for bot in bots) and perf_counter() < deadline:
        sleep(0.01)


def measure(bots: Sequence[Asked], texts: Sequence[str], readers: int, rate: float, slices: int) -> None:
    """Warm the bots up, then ask; memory is read between the slices."""
    for bot in bots:
        bot.begin(readers)
    put_to(bots, texts[:WARMING], rate / 2)
    for bot in bots:
        bot.took.clear()
        bot.cpu = -cpu_of(bot.bot.process.pid)
        bot.memory.append(memory_of(bot.bot.process.pid))
    counted = texts[WARMING:]
    size = -(-len(counted) // slices)
    for start in range(0, len(counted), size):
        put_to(bots, counted[start : start + size], rate)
        for bot in bots:
            bot.memory.append(memory_of(bot.bot.process.pid))
    for bot in bots:
        bot.cpu += cpu_of(bot.bot.process.pid)


def table(bots: Sequence[Asked]) -> Iterator[str]:
    """The measurements in Markdown."""
    yield "| bot | answered | lost | p50 ms | p95 ms | CPU ms an answer | memory MB, start | end |"
    yield "|---|---:|---:|---:|---:|---:|---:|---:|"
    for bot in bots:
        times = f"{1000 * median(bot.took):.1f} | {1000 * bot.p95:.1f} | {1000 * bot.cpu_each:.2f}"
        memory = f"{bot.memory[0] / MEGABYTE:.1f} | {bot.memory[-1] / MEGABYTE:.1f}"
        yield f"| {bot.name} | {len(bot.took):,} | {len(bot.waiting)} | {times} | {memory} |"


def verdicts(dateline: Asked, echo: Asked) -> Iterator[str]:
    """Whether the bars hold in this run."""
    ratio, growth = dateline.cpu_each / echo.cpu_each, dateline.memory[-1] / dateline.memory[0] - 1
    yield f"- 95 of 100 answers within {dateline.p95:.3f} s (bar: {BAR_P95:g} s): {_held(dateline.p95 < BAR_P95)}"
    yield f"- {ratio:.2f} times the echo bot's processor time (bar: {BAR_CPU:g}): {_held(ratio <= BAR_CPU)}"
    yield f"- lost: {len(dateline.waiting)} (bar: 0): {_held(not dateline.waiting)}"
    yield f"- memory {100 * growth:+.1f} % (bar: 5 %): {_held(abs(growth) <= BAR_MEMORY)}"


def _held(held: bool) -> str:
    return "**held**" if held else "**missed**"


def compare(wanted: argparse.Namespace) -> Iterator[str]:
    """Run both bots side by side and report in Markdown."""
    texts = list(islice(questions(), wanted.questions + WARMING))
    readers = wanted.readers or len(texts)
    with TemporaryDirectory() as place, ExitStack() as stack:
        folder = Path(place)
        data = wanted.data or folder / "data"
        if wanted.data is None:
            filled(data)
        echo = started(stack, "echo bot", ["-m", "benchmarks.echo_bot"], folder)
        dateline = started(stack, "Dateline", ["-m", "bot", "--data", str(data), "run"], folder)
        measure([dateline, echo], texts, readers, wanted.rate, wanted.slices)
        repeats = 1 - len(set(texts)) / len(texts)
        asked = f"{wanted.questions:,} questions at {wanted.rate:g} a second to each bot"
        yield f"{asked}, {readers:,} readers, repeated texts: {repeats:.1%}."
        yield f"Dateline's replies: {len(dateline.replies):,} different ones."
        yield ""
        yield from table([dateline, echo])
        yield ""
        yield from verdicts(dateline, echo)
        if wanted.slices > 1:
            yield "- memory in MB over the run: " + ", ".join(f"{size / MEGABYTE:.1f}" for size in dateline.memory)


def main() -> None:
    reader = argparse.ArgumentParser(prog="python -m benchmarks.throughput", description=__doc__)
    reader.add_argument("--questions", type=int, default=1800)
    reader.add_argument("--rate", type=float, default=30.0, help="questions a second to each bot")
    reader.add_argument("--readers", type=int, help="default: one for each question; fewer go on with their talks")
    reader.add_argument("--slices", type=int, default=1, help="pauses after which memory is read")
    reader.add_argument("--data", type=Path, help="a data folder, which is written to; default: the seed articles")
    reader.add_argument("--write", type=Path, help="write the report into this file as well")
    reader.add_argument("--machine", default=machine_name(), help="what the report says of the machine")
    reader.add_argument("--day", type=date.fromisoformat, default=date.today(), help="YYYY-MM-DD; default: today")
    wanted = reader.parse_args()
    lines = list(compare(wanted))
    print("\n".join(lines))
    if wanted.write:
        put(wanted.write, "Throughput", Made("throughput", wanted.machine, wanted.day), [*lines, "", NOTES])


NOTES = """\
Both bots are separate processes that poll a Bot API server on loopback. They get the same texts at the same time and
at the same steady rate, whether or not they keep up, so other load on the machine affects both. The ratio of their
processor times is more reliable than the milliseconds. The echo bot has one handler, which sends the text back as a
reply (`benchmarks/echo_bot.py`). The texts are the questions of the quality set in many variants (letter case,
punctuation, "please"), no text twice; Dateline does not cache replies. *p50* and *p95* are the times from the moment
a question can be fetched to the moment its answer has been sent. The questions of the warm-up are not in the table.
When many updates arrive, Dateline fetches several at once, a tenth of a second apart, which is most of its median
time. The memory is what the process uses after the warm-up and at the end.
"""

if __name__ == "__main__":
    main()
