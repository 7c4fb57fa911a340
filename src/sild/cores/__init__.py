"""Cores: the mathematics of the desk. Plain Python: no framework, no clock, no chance that is not seeded.

Each core reads problem -> method -> answer -> check; the check never calls the method. Cores do not know each other.
"""
