"""Finds passages of news articles: reading, splitting, recognising names and dates, storing, ranking.

Nothing here knows of the bot. ``ingest`` writes, ``search`` reads; the packages between them import one way, see
``docs/architecture.md``.
"""
