"""What the panel scored, side by side, once the seal is lifted."""
