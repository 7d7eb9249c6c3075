"""The base of the interface for programs: who asks, what goes wrong in which words, pages, and the description."""
