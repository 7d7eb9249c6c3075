"""The one doorway through which anything is written."""
