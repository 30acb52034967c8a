"""Reception: one call or walk-in on one screen: who calls, what is reported, what to say, what will happen."""
