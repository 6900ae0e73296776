"""Tests of who hears of what."""
