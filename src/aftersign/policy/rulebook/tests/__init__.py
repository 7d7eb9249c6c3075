"""Tests of the rulebook reader."""
