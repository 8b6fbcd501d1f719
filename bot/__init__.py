"""Answers questions about news articles with verbatim quotes and citations, in Telegram and in the terminal."""
