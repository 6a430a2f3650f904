"""What the scores of one panel can bear, for its chair and its manager."""
