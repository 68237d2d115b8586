/* The offline background: land, borders and labels from a GeoJSON made of the villages. */
(function () {
  "use strict";

  const TABLE = window.GapPlannerTable;
  const INNER_LABELS_FROM_ZOOM = 10.5;
  const LONE_LABELS_FROM_ZOOM = 9.5;
  const OUTER_LABELS_TO_ZOOM = 12.5;

  /** Draws and redraws the background of one map; nothing on it can be clicked. */
  class Ground {
    constructor(map, view) {
      this.map = map;
      this.view = view;
      this.path = null;
      this.features = [];
      this.areas = L.layerGroup().addTo(map);
      this.labels = L.layerGroup().addTo(map);
      this.renderer = L.canvas({ pane: "gp-ground", padding: 0.5 });
      map.on("moveend", this.placeLabels, this);
    }

    /** Show the background at a path; the same path again costs nothing. */
    async show(path, fetchJson) {
      if (path === this.path) return;
      this.path = path;
      const collection = path ? await fetchJson(path) : { features: [] };
      if (path !== this.path) return;
      this.features = collection.features;
      this.hasOuterNames = this.named("outer").length > 0;
      this.sayBasis(path ? collection.basis : null);
      this.redraw();
      this.view.areas.redraw();
    }

    named(level) {
      return this.features.filter((f) => f.properties.level === level && f.properties.name);
    }

    /** Say in the corner what the outlines are: they must not pass for more. */
    sayBasis(basis) {
      const corner = this.map.attributionControl;
      if (this.said) corner.removeAttribution(this.said);
      this.said = basis ? asHtml(TABLE.words[basis === "boundaries" ? "outlines" : "approximate"]) : null;
      if (this.said) corner.addAttribution(this.said);
    }

    redraw() {
      const colours = TABLE.ground[this.view.theme];
      this.areas.clearLayers();
      for (const [level, style] of [
        ["outer", (tint) => ({ stroke: false, fillColor: tint % 2 ? colours.land2 : colours.land, fillOpacity: 1 })],
        ["inner", () => ({ fill: false, color: colours.inner, weight: 1 })],
        ["outer", () => ({ fill: false, color: colours.outer, weight: 1.6, opacity: 0.9 })],
      ]) {
        const layer = L.geoJSON(this.features.filter((f) => f.properties.level === level), {
          interactive: false,
          renderer: this.renderer,
          style: (feature) => style(feature.properties.tint),
        });
        this.areas.addLayer(layer);
      }
      this.placeLabels();
    }

    /** Put the labels that fit into the view, large areas first, none over another. */
    placeLabels() {
      this.labels.clearLayers();
      if (this.view.hidden.has("labels")) return;
      const zoom = this.map.getZoom();
      const bounds = this.map.getBounds();
      const innerFrom = this.hasOuterNames ? INNER_LABELS_FROM_ZOOM : LONE_LABELS_FROM_ZOOM;
      const taken = [];
      for (const level of ["outer", "inner"]) {
        if (level === "outer" ? zoom > OUTER_LABELS_TO_ZOOM : zoom < innerFrom) continue;
        for (const feature of this.named(level)) {
          const [lon, lat] = feature.properties.at;
          if (!bounds.contains([lat, lon])) continue;
          const name = feature.properties.name;
          if (!name) continue;
          const box = labelBox(this.map.latLngToContainerPoint([lat, lon]), name, level);
          if (taken.some((other) => other.intersects(box))) continue;
          taken.push(box);
          this.labels.addLayer(makeLabel(lat, lon, name, level));
        }
      }
    }
  }

  function labelBox(centre, name, level) {
    const half = L.point(name.length * (level === "outer" ? 4.6 : 3.2) + 4, level === "outer" ? 11 : 9);
    return L.bounds(centre.subtract(half), centre.add(half));
  }

  function makeLabel(lat, lon, name, level) {
    const text = document.createElement("span");
    text.textContent = name; // never innerHTML: names are written by strangers
    return L.marker([lat, lon], {
      pane: "gp-labels",
      interactive: false,
      keyboard: false,
      icon: L.divIcon({ className: `gp-label gp-label-${level}`, html: text, iconSize: [0, 0] }),
    });
  }

  function asHtml(text) {
    const box = document.createElement("span");
    box.textContent = text;
    return box.innerHTML;
  }

  window.GapPlanner.Ground = Ground;
})();
