"""What goes into the log."""
