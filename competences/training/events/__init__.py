"""What the log says of training, one module for each noun."""
