"""Jawab: the assistant and support desk of an online shop, in Persian, Arabic and English."""
