"""The access table of the guide, held against every route, act and fact of the code."""
