"""Looking an installation over: what is well, what is not, and how to mend it."""
