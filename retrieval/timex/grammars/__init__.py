"""Patterns of date expressions, a module a kind; each registers its rules in a ``Grammar`` that ``parser`` tries."""
