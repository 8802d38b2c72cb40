"""Files that shoppers and agents send along: what is taken, how it is made safe, where it lies."""
