"""What decides, without the database."""
