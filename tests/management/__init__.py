"""Commands and what they prepare."""
