"""The former place of find_single_service; goes as soon as its last reader imports it from single_service."""

from sild.cores.extraction.fields.single_service import find_single_service

__all__ = ["find_single_service"]
