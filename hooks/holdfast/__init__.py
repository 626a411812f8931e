"""Holdfast: guards, limits and records for unattended Claude Code agents."""

VERSION = "0.1.0"
