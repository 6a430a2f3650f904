"""Rules of training that belong to its papers and files."""
