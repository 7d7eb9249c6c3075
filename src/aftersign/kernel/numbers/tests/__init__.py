"""Tests of the numbers package."""
