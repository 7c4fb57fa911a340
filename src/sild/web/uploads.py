"""How much one request may upload: what is larger is refused by its length, before any of it is kept anywhere."""

from __future__ import annotations

from typing import IO, Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

LARGEST_REQUEST = 60 * 1024 * 1024
"""Several files of a form together."""


class Bounded(FileUploadHandler):
    """Stands before the handlers that keep a file; it keeps none itself."""

    # what the framework hands over and this handler has no use for is named all the same: its signatures are the framework's
    def handle_raw_input(self, _input: IO[bytes], _meta: dict[str, Any], content_length: int, *_rest: Any) -> None:
        """Look at the length alone. Raises RequestDataTooBig."""
        if content_length > LARGEST_REQUEST:
            raise RequestDataTooBig(f"more than {LARGEST_REQUEST // 1_048_576} MB in one request")

    def receive_data_chunk(self, raw_data: bytes, _start: int) -> bytes:
        """Pass it on."""
        return raw_data

    def file_complete(self, _file_size: int) -> UploadedFile[Any] | None:
        """Leave it to the next one."""
        return None
