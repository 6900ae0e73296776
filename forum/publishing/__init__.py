"""Threads and posts for taking away: what stands on paper."""
