"""Tickets: the rules (pure values), their stores, and the lists they are drawn from."""
