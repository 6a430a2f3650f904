"""How far a person is from what a role asks for, and what would close it."""
