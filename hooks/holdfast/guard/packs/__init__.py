"""Patterns about one field each, as data and small questions about one parsed command."""
