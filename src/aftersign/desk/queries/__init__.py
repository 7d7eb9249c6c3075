"""The readers of the desk."""
