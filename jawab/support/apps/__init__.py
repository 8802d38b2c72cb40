"""Messaging apps: their chats, what came from them, and the desk's own words there."""
