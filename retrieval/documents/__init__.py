"""Files and folders become articles, articles become passages.

A text is kept as it came; what cannot be read is a ``Refusal`` with its place, never an exception.

>>> from retrieval.documents import split_passages
>>> from retrieval.models import Article
>>> [passage.id for passage in split_passages(Article(id="a", text="The ferry sank. Nobody drowned."))]
['a#0']
"""

from retrieval.lazy import lazy_exports

__getattr__, __dir__, __all__ = lazy_exports(
    __name__, {"read_articles": "readers", "Refusal": "import_format", "split_passages": "passages"}
)
