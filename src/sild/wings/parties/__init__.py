"""Parties: names, aliases, kinds and countries of organisations, and the mechanism that they work in."""
