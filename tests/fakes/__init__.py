"""Messaging apps on loopback, from their public documentation, and people who use them: for tests and to try things by hand."""
