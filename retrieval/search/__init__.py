"""The read path: a query becomes ranked passages, with what is known of each of its terms.

>>> from retrieval.search import Searcher
>>> Searcher(store, ranker).find(Query(terms=("almati",))).hits[0].passage.text  # doctest: +SKIP
'Two days later, the protests engulfed Almaty ...'
"""

from retrieval.lazy import lazy_exports

__getattr__, __dir__, __all__ = lazy_exports(__name__, {"Searcher": "searcher"})
