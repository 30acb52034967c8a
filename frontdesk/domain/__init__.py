"""Floor 1, the rules: pure functions and tables over values; no clock, no database, standard library only."""
