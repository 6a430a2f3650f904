"""How one scores over time, for oneself alone."""
