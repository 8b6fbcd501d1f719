"""Composes what the bot says: answers with their buttons, details of an answer, suggested questions, inline results.

Nothing here knows Telegram's types, sends anything or waits; it reads the articles, so it runs in a worker thread.

>>> responder = Responder(service, database)  # doctest: +SKIP
>>> responder.respond(Request(action=Action.ANSWER, text="Who won?"), recipient).parts[0].plain  # doctest: +SKIP
"""

from retrieval.lazy import lazy_exports

__getattr__, __dir__, __all__ = lazy_exports(
    __name__,
    {
        "AnswerDetails": "answer_details",
        "InlineResultsBuilder": "inline_results",
        "QuestionSuggester": "suggested_questions",
        "Responder": "responder",
        "Response": "responder",
    },
)
