"""Messaging apps, one module each. None is there yet: shoppers come over the desk's own API and page."""
