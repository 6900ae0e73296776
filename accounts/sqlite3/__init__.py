"""Django's SQLite, where writers come in turn."""
