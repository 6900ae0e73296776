"""Every write: one module per noun."""
