"""What leaves the desk: which notices an event gives rise to, and the outbox they wait in."""
