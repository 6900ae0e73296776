"""How much may be sent with one form at all: told before the first byte is kept."""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

from accounts.pictures import LARGEST_IMAGE

LARGEST_FORM = LARGEST_IMAGE + 1_000_000  # bytes: the largest picture, and the words beside it


class SizeGuard(FileUploadHandler):
    """Refuses a form with files that is larger than any of ours can be; the files themselves it leaves to others."""

    def handle_raw_input(
        self, input_data: Any, meta: Any, content_length: int, boundary: str, encoding: str | None = None
    ) -> None:
        """Raise RequestDataTooBig for what is too large; the page for that says so in the reader's words."""
        if content_length > LARGEST_FORM:
            raise RequestDataTooBig("More files than a form may hold")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Hand on what came."""
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Keep nothing."""
