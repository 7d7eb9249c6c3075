"""Tests of simulated histories."""
