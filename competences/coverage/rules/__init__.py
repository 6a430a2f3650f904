"""What cover a group has, what may be shown of it to whom, and who could lead together."""
