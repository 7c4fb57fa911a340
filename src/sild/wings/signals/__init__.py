"""Signals: incidents as they were reported, what their sources say and where these contradict each other, how they hang together."""
