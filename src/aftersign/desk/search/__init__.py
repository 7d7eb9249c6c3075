"""The palette and the page of search: records, commands and help under one field."""
