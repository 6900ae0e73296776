"""Words: Markdown, excerpts, differences; no database."""
