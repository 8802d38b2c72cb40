"""Messaging apps as the desk serves them: what they bring is stored and taken up, what is said there is sent."""
