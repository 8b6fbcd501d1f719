"""Turns a Telegram message into a request, and finds the conversation that it continues.

Whether the bot acts on a message is decided by ``route``, a pure function; only ``adapters`` and ``filters`` know
Telegram's types.

>>> message = IncomingMessage(where=ChatKind.GROUP, us="news_bot", text="/ask@news_bot Who won?")
>>> route(message)
Request(action=<Action.ANSWER: 'answer'>, text='Who won?')
"""

from retrieval.lazy import lazy_exports

__getattr__, __dir__, __all__ = lazy_exports(
    __name__,
    {
        "ActionFilter": "filters",
        "ChatKind": "routing",
        "IncomingMessage": "routing",
        "Request": "routing",
        "context_of": "context",
        "request_of": "filters",
        "route": "routing",
    },
)
