"""What a framework is, when it is complete, and how two versions differ. Pure."""
