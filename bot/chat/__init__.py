"""Says it in Telegram."""
