"""What is kept of a person: found, handed over, erased, and thrown away when it has been kept long enough."""
