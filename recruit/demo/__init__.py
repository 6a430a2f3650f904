"""The invented organisation that `recruit demo` shows, and many more invented people for load tests."""
