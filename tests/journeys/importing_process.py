"""A process that imports and counts the articles aloud, for test_interrupted_import.py to kill.

Arguments: data and news folder.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from retrieval.index.ranker import open_ranker
from retrieval.ingest import Ingest
from retrieval.models import Article, Passage
from retrieval.storage.store import Store


class SlowLanguage:
    """Takes its time, so that there is a middle of the import to be killed in."""

    def annotate(self, _article: Article, passages: tuple[Passage, ...]) -> tuple[Passage, ...]:
        time.sleep(0.001)
        return passages


def tell(done: int, total: int | None, _article_id: str) -> None:
    if total:
        print(done, flush=True)


def main(data: Path, news: Path) -> None:
    store = Store(data / "dateline.sqlite")
    ingest = Ingest(store, SlowLanguage(), open_ranker("plus"), data / "index")
    report = ingest.add([news], tell)
    print("finished", len(report.added), len(report.replaced), flush=True)
    store.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
