"""What may be kept of pages: generations say whether it still holds."""
