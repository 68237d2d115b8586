"""Our code beside the tools people would use otherwise: one run, one table."""
