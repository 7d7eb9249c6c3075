"""Time as the house reads it: a clock that can be frozen, the company calendar, durations and due times."""
