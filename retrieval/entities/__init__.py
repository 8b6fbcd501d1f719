"""What a text names: people with their roles, places, organisations, amounts, quotations and dates.

Rules on word lists and a gazetteer; nothing is trained. Mentions have offsets into the text.

>>> from retrieval.entities import EntityRecogniser
>>> [mention.value for mention in EntityRecogniser().analyse("Who spoke in Geneva?").mentions]
['geneva']
"""

from retrieval.lazy import lazy_exports

__getattr__, __dir__, __all__ = lazy_exports(__name__, {"EntityRecogniser": "recogniser"})
