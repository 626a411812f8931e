"""Whether the guard really stands: every part of the installation is tried, and each failure names its fix. Standard library only."""

from holdfast.setup.doctor.checks import Check, Environment, examine
from holdfast.setup.doctor.show import main

__all__ = ["Check", "Environment", "examine", "main"]
