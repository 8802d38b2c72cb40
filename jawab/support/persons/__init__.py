"""The same person in several conversations, who they are at the shop, and the links that join."""
