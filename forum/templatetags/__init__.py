"""Filters and tags: output only, never a query."""
