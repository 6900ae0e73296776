"""Counting ballots: pure arithmetic that anybody can repeat; knows no people and no database."""
