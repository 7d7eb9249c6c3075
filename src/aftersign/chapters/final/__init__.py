"""Chapter 11: editions of the policy are put in force."""
