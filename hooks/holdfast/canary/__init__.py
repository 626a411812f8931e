"""Canary: the guard proven in the real client, with a scripted model on loopback instead of a model."""

from holdfast.canary.run import main

__all__ = ["main"]
