"""Questions of screening."""

from sild.wings.screening.reads.hits import HitFilter, HitRow, HitView, hit_record, hits_naming, hits_waiting, list_hits
from sild.wings.screening.reads.lists import ListView, current_list, lists, lists_to_read
from sild.wings.screening.reads.standing import PartyStanding, ScreeningPage, screening_of, screening_page, to_screen

__all__ = [
    "HitFilter",
    "HitRow",
    "HitView",
    "ListView",
    "PartyStanding",
    "ScreeningPage",
    "current_list",
    "hit_record",
    "hits_naming",
    "hits_waiting",
    "list_hits",
    "lists",
    "lists_to_read",
    "screening_of",
    "screening_page",
    "to_screen",
]
