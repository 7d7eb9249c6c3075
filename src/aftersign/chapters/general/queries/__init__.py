"""Readers of the general chapter, a module for each noun."""
