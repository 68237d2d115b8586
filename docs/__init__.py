"""The documentation and what builds its pictures and generated parts."""
