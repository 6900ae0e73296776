"""Static files of a production site: few, small, hashed names, compressed ahead of time."""

from forum.assets.storage import BundledStaticFilesStorage

__all__ = ["BundledStaticFilesStorage"]
