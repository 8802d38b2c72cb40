"""Hand-overs: from the bot to a person and back, and what the shopper thought of the help."""
