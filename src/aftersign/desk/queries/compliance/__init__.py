"""What compliance pages read: the selection, the matrix, one cell, and the audit paper."""
