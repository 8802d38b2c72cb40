"""The index that agents search: what is put into it, and how words are compared."""
