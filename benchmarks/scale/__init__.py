"""How the cost of a turn grows: with stored conversations, with the length of one, with open event streams."""
