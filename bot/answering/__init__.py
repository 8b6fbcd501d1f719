"""Decides what may be said and with which proof; pure: no Telegram, disk, clock or network."""
