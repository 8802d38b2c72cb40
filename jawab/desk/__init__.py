"""The desk, the only public door: the API, the event streams, the pages, and the worker that asks the bot."""
