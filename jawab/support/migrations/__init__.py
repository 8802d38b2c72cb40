"""The history of the tables, run by `jawab.support.migrate`."""
