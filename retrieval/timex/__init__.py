"""Date expressions of a text, each with its TIMEX3 value and how that was derived.

``grammars`` has a module a kind of expression; ``parser`` tries them, ``normaliser`` asks the calendar.

>>> from datetime import date
>>> from retrieval.timex import find_dates
>>> [mention.value for mention in find_dates("They met two days ago.", date(2022, 1, 6))]
['2022-01-04']
"""

from retrieval.lazy import lazy_exports

__getattr__, __dir__, __all__ = lazy_exports(
    __name__, {"find_dates": "finder", "infer_published": "finder", "days_of": "values"}
)
