"""The frame of every page: tokens, components, forms, lists and errors."""
