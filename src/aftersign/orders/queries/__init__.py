"""Readers of the spine: lists, the case file, customers, and what an order says now."""
