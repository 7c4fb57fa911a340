"""Diplomacy: norms and what was done for them, confidence-building measures with clocks and contacts, positions of States, treaties."""
