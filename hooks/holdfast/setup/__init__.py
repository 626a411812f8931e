"""Installing: the pack's files, its interpreter and packages, and its entries in the client's settings. Standard library only."""
