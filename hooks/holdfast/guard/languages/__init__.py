"""Program text in other languages -> the shell commands it amounts to."""
