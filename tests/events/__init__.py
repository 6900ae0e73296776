"""Tests of what happens after an event."""
