"""Written cases, what somebody gives for them, and how that compares with others."""
