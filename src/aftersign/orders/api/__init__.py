"""Orders and their papers for programs."""
