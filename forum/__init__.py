"""The forum: what people do together; also the Django project package."""
