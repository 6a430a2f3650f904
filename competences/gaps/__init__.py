"""What a role asks for minus what a person was seen to do. No tables: levels and roles are elsewhere."""
