-- What Rasa remembers of conversations; the desk has a database of its own.
CREATE DATABASE rasa OWNER jawab;
