"""Shell text -> Line: the reader, and the understanding of what really runs."""
