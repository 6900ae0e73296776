"""Tests of counting ballots."""
