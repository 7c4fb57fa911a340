"""The allocation core: who gives what to whom and when.

problem (frozen inputs) -> method (greedy, bound, search) -> answer (plan, reasons, asks) -> check (independent verifier).
`shape` reads and writes the JSON form of problem and answer. The vocabulary stands in docs/explanation/allocation.md.
"""
