"""Agents: who answers shoppers, their accounts and passwords, and their ready answers."""
