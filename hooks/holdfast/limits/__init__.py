"""How much an agent may do in a while."""
