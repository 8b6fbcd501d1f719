"""Response building: quotes, numbered citations, overviews and comparisons, and every sentence that is said.

reply = compose(context, judgement, profile)
to_plain(reply)  # the words for a terminal
to_html(reply)   # blocks of Telegram HTML
"""

from retrieval.lazy import lazy_exports

__getattr__, __dir__, __all__ = lazy_exports(
    __name__,
    {
        "compose": "composer",
        "compose_overview": "overview",
        "explain": "explanation",
        "to_html": "text",
        "to_plain": "text",
    },
)
