"""The live system as a whole: acts, facts, duties and pages of a founded company."""
