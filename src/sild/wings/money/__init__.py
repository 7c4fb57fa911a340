"""Money: flows in five states with their origin, totals that list their rows, what sources say and where they contradict each other."""
