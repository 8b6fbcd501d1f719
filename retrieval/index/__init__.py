"""Documents ranked by BM25, as rank_bm25 scores them, in an inverted index that is saved and mapped from disk.

``Ranker`` is what another engine would have to do.

>>> from retrieval.index import Document, open_ranker
>>> ranker = open_ranker("plus")
>>> ranker.add([Document(1, 1, ("ferri", "sink")), Document(2, 2, ("storm",))])
>>> [scored.key for scored in ranker.top(["ferri"], k=5)]
[1]
"""

from retrieval.lazy import lazy_exports

__getattr__, __dir__, __all__ = lazy_exports(
    __name__, {"Document": "postings", "Ranker": "ranker", "open_ranker": "ranker"}
)
