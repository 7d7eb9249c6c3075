"""The guide inside the program: the pages of `docs/guide`, each in the reader's language where it is written in it."""
