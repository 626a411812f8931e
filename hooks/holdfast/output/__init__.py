"""What a tool returned -> what the model gets of it."""
