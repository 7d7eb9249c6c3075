"""Tests of the journal's proof."""
