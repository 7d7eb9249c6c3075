"""Tests of the pages across rooms."""
