"""Progress bars on stderr, only where stderr is a terminal; the only module that imports tqdm."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from tqdm import tqdm

from retrieval.ingest import Progress

T = TypeVar("T")


def with_progress(items: Iterable[T], label: str) -> Iterator[T]:
    """The items, with a bar that counts them."""
    yield from tqdm(items, desc=label, disable=None, leave=False, unit="")


@contextmanager
def import_progress() -> Iterator[Progress]:
    """A function that an import calls after each article, which moves a bar."""
    with tqdm(desc="articles", disable=None, leave=False, unit="") as bar:

        def update(done: int, total: int | None, _article_id: str) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield update
