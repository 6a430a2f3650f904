"""What training rests on: when a completion ends, who has to have what, who may work alone."""
