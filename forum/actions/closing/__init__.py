"""Closing an account: asking for it, the two weeks in which one may come back, and what becomes of everything."""

from forum.actions.closing.asking import GRACE, ask_to_close, asked_at, stay
from forum.actions.closing.carrying_out import accounts_to_close, settle_closing

__all__ = ["GRACE", "accounts_to_close", "ask_to_close", "asked_at", "settle_closing", "stay"]
