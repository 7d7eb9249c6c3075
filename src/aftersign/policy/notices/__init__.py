"""What duties mean to people: who is told of them, what is coming, and how they read in an inbox."""
