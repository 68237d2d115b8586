"""The browser map: an offline folium map, and layers the browser fetches by itself."""
