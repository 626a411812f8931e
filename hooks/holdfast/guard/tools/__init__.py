"""Tool calls other than Bash -> the same judgement."""
