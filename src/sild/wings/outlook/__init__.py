"""Outlook: what bodies can take in, what lapses when, and on whom many depend at once."""
