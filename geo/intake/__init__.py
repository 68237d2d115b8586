"""Foreign files: whatever an office has, read in a locked room into one plain table."""
