"""Finds passages of news articles: reading, splitting, understanding, storing, ranking."""
