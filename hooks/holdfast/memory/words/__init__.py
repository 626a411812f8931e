"""What a person's words bind: constraints, lifts, decisions, and which of them replace which. Pure: text in, values out."""
