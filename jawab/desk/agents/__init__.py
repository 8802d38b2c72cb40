"""What agents see and do: signing in, queues, conversations, tickets, search, transcripts; the pages and the API behind them."""
