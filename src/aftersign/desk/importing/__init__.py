"""Tables of other systems: what their rows ask for, what would be late at once, and taking them in by the acts."""
