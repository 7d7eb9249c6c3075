"""The guide for the first day: what a new company needs, what of it is done, and where the rest is done."""
