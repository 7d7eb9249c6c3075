"""What people install is whole."""
