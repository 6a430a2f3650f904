"""What levels add up to. Pure: numbers in, numbers out."""
