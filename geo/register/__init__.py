"""From a plain table to a register: what columns mean, how values read, where villages lie."""
