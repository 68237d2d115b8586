"""The adapter to the earth: coordinates, distances, geodata in and out, map layers."""
