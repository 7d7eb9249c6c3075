"""Tests of the units package."""
