"""What people see: texts in every language, HTML, buttons and links, cut into messages within Telegram's limits.

Whatever text goes in, ``render`` returns messages that Telegram accepts, and no mention, command or link in an
article's words becomes active.

>>> [part.html for part in render(page("why_nothing", "en"))]
['I have not answered anything here yet, or the answer is no longer stored.']
"""

from retrieval.lazy import lazy_exports

__getattr__, __dir__, __all__ = lazy_exports(
    __name__,
    {
        "Button": "buttons",
        "ButtonAction": "buttons",
        "CallbackData": "buttons",
        "DeepLink": "deep_links",
        "MessagePart": "renderer",
        "line": "i18n",
        "page": "i18n",
        "render": "renderer",
    },
)
