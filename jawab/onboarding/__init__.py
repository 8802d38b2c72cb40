"""The first steps of a shop's owner: a profile that can be used, and questions brought along from elsewhere."""
