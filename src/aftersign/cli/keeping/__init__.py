"""Keeping an installation: one encrypted archive of all that it is, and putting it back in an empty place."""
