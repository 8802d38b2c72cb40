"""What was not answered well, what people decided about it, and the trials of what follows."""
