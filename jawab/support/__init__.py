"""What the desk keeps, in rooms by subject: rules as pure values, statements, and stores of short transactions."""
