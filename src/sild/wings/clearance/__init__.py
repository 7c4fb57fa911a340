"""Clearance: what stands between an offer and its delivery. Licence cases: who has to license what, how far that is, what is due."""
