"""Written cases that a panel scores before its first interview, to see how its members differ."""
