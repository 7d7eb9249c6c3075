"""The handover for programs."""
