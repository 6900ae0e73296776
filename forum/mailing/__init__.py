"""Mail: who wants which news how often, the letters that carry them, and what comes back."""
