"""Tests of chapter 1."""
