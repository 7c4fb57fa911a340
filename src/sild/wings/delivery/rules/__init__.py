"""What holds in delivery, as data and pure functions: consignments (`consignments`), how far a need is (`status`)."""
