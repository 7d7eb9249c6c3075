"""A simulated company, made by the same acts as a real one."""
