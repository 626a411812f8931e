"""What a session must not lose: captured by code, kept on disk, given back after every compaction."""
