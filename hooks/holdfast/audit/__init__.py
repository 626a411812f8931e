"""Audit: every tool call is written down before it runs and completed after, redacted, in a checksum chain."""
