"""What the owner and leads see and set: figures, hours and notices of a shop, accounts, and what is learned."""
