"""Parts of pages: each shows one thing and returns what the user did to it."""
