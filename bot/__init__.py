"""Answers questions from news articles with verbatim quotes and citations, in Telegram and in the terminal."""
