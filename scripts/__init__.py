"""What is run by hand or by make: locks, pictures, reference pages."""
