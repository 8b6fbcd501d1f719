"""What the bot's administrators do by message, and what keeps others out: articles, status, alerts, the allow-list.

Administrators are those whom the operator names in ``DATELINE_ADMINS``; everybody else is refused.

>>> status_feature(services, health).updates  # doctest: +SKIP
('message',)
"""

from retrieval.lazy import lazy_exports

__getattr__, __dir__, __all__ = lazy_exports(
    __name__,
    {
        "access_feature": "access",
        "alert_feature": "alerts",
        "articles_feature": "articles",
        "send_menus": "command_menu",
        "status_feature": "status",
    },
)
