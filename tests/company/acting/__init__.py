"""Somebody of the company does something, at random, again and again: every act that people have, and their pages."""
