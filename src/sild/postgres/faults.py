"""What can go wrong with the database, told in one clear line that says what to do next."""

from __future__ import annotations


class DatabaseFault(RuntimeError):
    """A database that cannot be used. `str()` is one line; `detail` holds the server's last log lines, or nothing."""

    def __init__(self, line: str, detail: str = "") -> None:
        super().__init__(line)
        self.detail = detail.strip()


def plain_reason(error: OSError) -> str:
    """The system's words for an error, without number or path: "No space left on device"."""
    return error.strerror or type(error).__name__
