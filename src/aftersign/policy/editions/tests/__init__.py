"""Tests of editions: differences, texts side by side, and rulebooks in one file."""
