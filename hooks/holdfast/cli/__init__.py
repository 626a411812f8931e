"""The `holdfast` command: reads and explains; what changes state says so."""
