"""The spine: customers and their signed orders, deliberately thin."""
