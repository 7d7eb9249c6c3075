"""What people see: every page in a browser, without a server."""
