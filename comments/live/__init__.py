"""What happens in a session, told to who follows it."""
