"""Linkage: which lines speak of one need or one offer, why, and what people judged. Nothing is ever merged or deleted."""
