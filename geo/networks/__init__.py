"""Where cable can be laid, from roads of a file or from nothing but the places to be joined."""
