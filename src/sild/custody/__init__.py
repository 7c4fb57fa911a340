"""Copies of data in others' keeping: sealed files, keys split among officers, repositories that the keeper cannot read. Plain Python.

`restic` does the storing and its encryption, `age` seals files for people; both are others' work and are called, not copied.
"""
