"""The default edition put to the proof: its worked cases, its wiring, and a second checker."""
