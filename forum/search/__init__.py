"""Search: the language of queries, finding, marked passages and suggestions."""
