"""Settings, addresses and the web application."""
