"""Formats: bytes to documents (reading), documents to JSON and back (document_json), and the sandbox that keeps hostile files apart."""

from sild.formats.reading import read_document
from sild.formats.unreadable import Unreadable

__all__ = ["Unreadable", "read_document"]
