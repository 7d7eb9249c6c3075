"""The policy at work: rulebooks, the engine that turns facts into duties, and the duties themselves."""
