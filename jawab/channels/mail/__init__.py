"""E-mail: how a mail is read, and how it comes in; docs/channels.md tells the whole."""
