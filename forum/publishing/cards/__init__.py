"""Pictures of pages for where their links are shared: paper, a title, the seal of the city."""

from forum.publishing.cards.drawing import SIZE, draw_card
from forum.publishing.cards.fonts import NoFont, has_font

__all__ = ["SIZE", "NoFont", "draw_card", "has_font"]
