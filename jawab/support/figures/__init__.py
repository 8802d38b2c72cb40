"""What an owner wants to know of a while, counted out of the database."""
