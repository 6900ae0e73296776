"""What people may type: shape and length, never rules."""
