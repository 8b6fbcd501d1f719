"""The features that everybody uses: questions, buttons, votes, settings, inline and guest mode, privacy.

Each module has one function that builds its feature from the shared services; ``app.features_of`` calls them in the
order in which they are offered an update.

>>> question_feature(services).updates  # doctest: +SKIP
('message', 'edited_message', 'channel_post', 'edited_channel_post')
"""

from retrieval.lazy import lazy_exports

__getattr__, __dir__, __all__ = lazy_exports(
    __name__,
    {
        "button_feature": "buttons",
        "delete_feature": "delete",
        "followup_feature": "followups",
        "guest_feature": "guest",
        "inline_feature": "inline",
        "privacy_feature": "privacy",
        "question_feature": "messages",
        "settings_feature": "settings",
        "suggestion_feature": "suggestions",
        "vote_feature": "votes",
    },
)
