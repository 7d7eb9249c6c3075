"""The aftersign command."""
