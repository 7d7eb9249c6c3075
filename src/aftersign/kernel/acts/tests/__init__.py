"""Tests of the acts package."""
