"""What machines read: Atom feeds and the sitemap. A visitor's view, for everybody."""
