"""Adapters between Rasa and jawab: graph components and the training-data importer. No logic of their own."""
