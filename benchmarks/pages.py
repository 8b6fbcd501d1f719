"""A page of results in Markdown, one section for each benchmark."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

TITLE = "# Benchmarks\n"


@dataclass(frozen=True)
class Made:
    """By which module of this folder a section was made, on what machine and day."""

    module: str
    machine: str
    day: date

    def __str__(self) -> str:
        where = f"Measured on {self.day.isoformat()}; {self.machine}."
        return f"{where} Made by `benchmarks/{self.module}.py` (see `benchmarks/README.md`)."


def put(page: Path, heading: str, made: Made, lines: Sequence[str]) -> None:
    """Write a benchmark's section into a page, in place of its earlier one; the others stay."""
    section = "\n".join((f"## {heading}", "", str(made), "", *lines)).rstrip() + "\n"
    before = page.read_text(encoding="utf-8") if page.exists() else TITLE
    title, *others = re.split(r"(?m)^(?=## )", before)
    sections = {each.splitlines()[0]: each.rstrip() + "\n" for each in others} | {f"## {heading}": section}
    page.write_text("\n".join((title.rstrip() + "\n", *sections.values())), encoding="utf-8")


def machine_name() -> str:
    return f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"
