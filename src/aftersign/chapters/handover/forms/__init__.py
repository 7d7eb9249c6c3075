"""What people fill in: the form itself, signatures, returns, questions."""
