"""What posts about training mean, one module for each noun."""
