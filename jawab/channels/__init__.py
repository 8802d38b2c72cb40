"""Messaging apps, one module each, and the contract they share; docs/channels.md says how one is added."""
