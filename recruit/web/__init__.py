"""What every page shares: rendering, forms, errors, sessions, languages."""
