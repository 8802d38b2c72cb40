"""One file with everything an installation keeps, made while it runs; and putting it back."""
