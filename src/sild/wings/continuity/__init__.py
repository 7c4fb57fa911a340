"""Continuity: what a State has to carry on with when its ground is under attack, where it could go, and what stands still without what."""
