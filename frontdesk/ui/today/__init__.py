"""Today: the board that asks for work, in the order in which it hurts."""
