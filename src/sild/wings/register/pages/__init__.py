"""Pages of the register: lists (`lists`), one record (`records`), the gates (`gates`), and what people do on them (`acts`, `lines`)."""

from sild.wings.register.pages import acts, gates, lines, lists, records

__all__ = ["acts", "gates", "lines", "lists", "records"]
