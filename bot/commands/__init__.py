"""The commands of ``dateline``, a module for each noun they work on."""
