"""Words of a text: tokens with offsets, index terms, sentences, numbers in words, and the English word lists.

Offsets are code points of the text that came in. The lists are files in ``data/``, read by ``tables``.

>>> from retrieval.text import index_terms
>>> index_terms("The protests reached Almaty")
('protest', 'reach', 'almati')
"""

from retrieval.lazy import lazy_exports

__getattr__, __dir__, __all__ = lazy_exports(
    __name__,
    {"fold": "tokens", "index_terms": "tokens", "stem": "tokens", "tokenize": "tokens", "split_sentences": "sentences"},
)
