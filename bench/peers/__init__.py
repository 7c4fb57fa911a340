"""What peers_bench.py runs: the sets, and one module for each program that links them. Each runs in a process of its own."""
