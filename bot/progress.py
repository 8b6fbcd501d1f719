"""Progress bars on stderr, only while a person watches; the door to tqdm."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from tqdm import tqdm

T = TypeVar("T")


def watched(items: Iterable[T], what: str, total: int | None = None) -> Iterator[T]:
    """The items, with a bar that counts them where stderr is a terminal."""
    yield from tqdm(items, desc=what, total=total, disable=None, leave=False, unit="")
