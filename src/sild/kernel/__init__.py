"""Kernel: what every wing stands on. Who acts, what an act leaves behind (history, ledger), the clock, the home directory."""
