"""What holds for applications whatever the database says: pure, no I/O."""
