"""Cases: the list, and one case with its timeline, papers, clock and what is missing before it may be struck off."""
