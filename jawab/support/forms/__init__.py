"""The ticket form: what is asked, how an answer is heard, what is said. Pure values."""
