"""A believable desk to look at: stories of data/demo, played through the desk's own parts (`jawab demo-data`)."""
