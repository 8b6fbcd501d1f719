"""What the chats leave, in two SQLite files that stay small and open with every later version.

What is forgotten is gone from the files, too. Everything raises StoreError where a file cannot be used.

>>> from pathlib import Path
>>> with ChatDatabase(Path(":memory:")) as database:
...     PreferenceStore(database).keep(7, Preferences(language="tr"))
...     PreferenceStore(database).of(7).language
'tr'
"""

from retrieval.lazy import lazy_exports

__getattr__, __dir__, __all__ = lazy_exports(
    __name__,
    {
        "AnswerStore": "answers",
        "ChatDatabase": "chat_database",
        "ConversationContext": "conversations",
        "Conversations": "conversations",
        "DeliveryDatabase": "delivery_database",
        "PreferenceStore": "preferences",
        "Preferences": "preferences",
        "ShownAnswer": "answers",
        "StoredAnswer": "answers",
        "UnansweredQuestions": "votes",
        "Vote": "votes",
        "VoteStore": "votes",
        "serving_alone": "folder_lock",
    },
)
