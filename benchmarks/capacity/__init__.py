"""How much load so many machines bear: a simulation of queues held against `make bench`, and tables by size."""
