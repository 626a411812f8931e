"""Settings for people: the pydantic model, the published JSON Schema, and `holdfast settings`."""
