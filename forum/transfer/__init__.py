"""Moving in: bringing another forum's archive into a city."""
