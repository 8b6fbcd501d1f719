"""Articles, passages and mentions in SQLite, the truth that every index is made from.

A write is one transaction; ``sqlite`` is the base of every SQLite file of Dateline.

>>> from retrieval.storage import Store
>>> Store(folder / "dateline.sqlite").profile().articles  # doctest: +SKIP
0
"""

from retrieval.lazy import lazy_exports

__getattr__, __dir__, __all__ = lazy_exports(
    __name__, {"SQLiteDatabase": "sqlite", "DatabaseFormat": "sqlite", "Store": "store"}
)
