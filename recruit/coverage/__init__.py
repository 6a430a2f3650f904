"""What the team covers, who could lead together, and levels of the team in and out of spreadsheets."""
