"""Long runs, by ``make soak``: the same faults as in tests/faults a thousand times over, and twenty browsers at once."""
