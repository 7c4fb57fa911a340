"""Pages of the register: lists (`lists`), one record (`records`), the gates (`gates`),
drafts (`drafts`), and what people do on them (`acts`, `lines`)."""

from sild.wings.register.pages import acts, drafts, gates, lines, lists, records

__all__ = ["acts", "drafts", "gates", "lines", "lists", "records"]
