"""Pages of editions: read and compared, drafted, issued and withdrawn."""
