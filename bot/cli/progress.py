"""Progress bars on stderr, only while a person watches; the door to tqdm."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from tqdm import tqdm

from retrieval.ingest import Progress

T = TypeVar("T")


def watched(items: Iterable[T], what: str) -> Iterator[T]:
    """The items, with a bar that counts them where stderr is a terminal."""
    yield from tqdm(items, desc=what, disable=None, leave=False, unit="")


@contextmanager
def importing() -> Iterator[Progress]:
    """A bar that an import moves, where stderr is a terminal."""
    with tqdm(desc="articles", disable=None, leave=False, unit="") as bar:

        def tell(done: int, total: int | None, _article_id: str) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield tell
