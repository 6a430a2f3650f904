"""What a group of people covers, where it hangs on one of them, and who answers for what."""
