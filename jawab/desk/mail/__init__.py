"""E-mail as the desk serves it: mails come in, are worked on, and are sent."""
