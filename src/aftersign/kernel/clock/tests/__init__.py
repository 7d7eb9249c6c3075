"""Tests of the arithmetic of time."""
