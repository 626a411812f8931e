"""What was refused, kept apart from everything else and told to a person."""
