"""Who works here: people, departments and posts, as tables and queries."""
