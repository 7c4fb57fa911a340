"""The extraction core: a message in, its request and offer lines out, each field with the words it was read from.

problem (what is read, and who is known) -> method (how) -> answer (lines with reasons) -> check (independent of the method).
"""
