"""E-mail: what came, what it is answered with, and how an answer finds its ticket."""
