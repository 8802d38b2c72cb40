"""Conversations, messages and turns: the rules (pure values) and the store that keeps them."""
