"""Chapter 1: people, departments, posts and calendar, and what may be done to a duty."""
