"""Tests of the policy at work."""
