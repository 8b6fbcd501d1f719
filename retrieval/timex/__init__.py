"""Date expressions: the grammars that read them and the rules that put them on the calendar; see ``finder``."""
