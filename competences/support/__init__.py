"""Support for colleagues who agreed to a plan. All text of a plan is sealed; only those named on it read it."""
