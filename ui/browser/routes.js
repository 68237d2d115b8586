/* Planned links, below the points: a line for each, looking as the quarter it is built in. */
(function () {
  "use strict";

  const TABLE = window.GapPlannerTable;
  const HALO_PX = 3;
  const REACH_PX = 7;
  const NEAR_ZOOM = 10.5;
  const FAR_PX = 4.5;

  /** Draws the links of one map and says what they are. */
  class Routes {
    constructor(map, view) {
      this.map = map;
      this.view = view;
      this.path = null;
      this.layer = null;
      this.drawn = [];
      this.shown = L.layerGroup().addTo(map);
      this.renderer = L.canvas({ pane: "gp-routes", padding: 0.5 });
      this.tooltip = L.tooltip({
        className: "gp-tooltip gp-tooltip-route",
        direction: "top",
        offset: [0, -10],
        opacity: 1,
      });
      map.on("zoomend", () => { if (this.isFar() !== this.wasFar) this.redraw(); });
      map.on("mousemove click", (event) => this.explain(event.latlng));
      map.on("mouseout zoomstart movestart", () => this.tooltip.remove());
    }

    /** Draw the links of the file at a path; the same path costs nothing. */
    async show(path, fetchJson) {
      if (path === this.path) return;
      this.path = path;
      const layer = path ? await fetchJson(path) : null;
      if (path !== this.path) return;
      this.layer = layer;
      this.redraw();
    }

    /** Whether links are specks: a broken line would not be seen, nor its breaks. */
    isFar() {
      return this.map.getZoom() < NEAR_ZOOM;
    }

    redraw() {
      this.wasFar = this.isFar();
      this.shown.clearLayers();
      this.drawn = [];
      this.tooltip.remove();
      if (!this.layer) return;
      const { theme, hidden } = this.view;
      const wanted = this.layer.wave
        .map((wave, i) => ({ wave, i, line: latLngs(this.layer.shape[i]) }))
        .filter(({ wave }) => !hidden.has(wave));
      // All halos first: none may cut the link it meets.
      for (const { wave, line } of wanted) {
        this.add(line, TABLE.ground[theme].halo, this.widthOf(wave) + HALO_PX, null);
      }
      for (const one of wanted) {
        const stroke = TABLE.routes[one.wave];
        const dash = this.wasFar ? null : stroke.dash.join(" ") || null;
        this.add(one.line, stroke[theme], this.widthOf(one.wave), dash);
        this.drawn.push(one);
      }
    }

    widthOf(wave) {
      const width = TABLE.routes[wave].width_px;
      return this.wasFar ? Math.max(width, FAR_PX) : width;
    }

    add(line, colour, width, dash) {
      this.shown.addLayer(L.polyline(line, {
        interactive: false,
        renderer: this.renderer,
        color: colour,
        weight: width,
        opacity: 1,
        dashArray: dash,
        lineCap: dash ? "butt" : "round",
        smoothFactor: 0.5,
      }));
    }

    /** The link nearest to a place, if it is near enough to be meant. */
    at(latlng) {
      const point = this.map.latLngToLayerPoint(latlng);
      let nearest = null;
      let least = REACH_PX;
      for (const one of this.drawn) {
        const pixels = one.line.map((place) => this.map.latLngToLayerPoint(place));
        for (let k = 1; k < pixels.length; k += 1) {
          const distance = L.LineUtil.pointToSegmentDistance(point, pixels[k - 1], pixels[k]);
          if (distance < least) [least, nearest] = [distance, one];
        }
      }
      return nearest;
    }

    /** Say what the link under the mouse is, unless a point has the word or a tool the mouse. */
    explain(latlng) {
      const silent = !this.layer || this.view.busy || this.view.pointUnderMouse();
      const found = silent ? null : this.at(latlng);
      if (!found) {
        this.tooltip.remove();
        return;
      }
      this.tooltip.setContent(describe(this.layer, found.i)).setLatLng(latlng).addTo(this.map);
    }
  }

  /** Places from one flat list of longitudes and latitudes. */
  function latLngs(numbers) {
    const places = [];
    for (let k = 0; k < numbers.length; k += 2) places.push(L.latLng(numbers[k + 1], numbers[k]));
    return places;
  }

  function describe(layer, i) {
    const box = document.createElement("div");
    const line = (className, text) => {
      if (text) L.DomUtil.create("div", className, box).textContent = text; // written by strangers
    };
    line("gp-tip-name", layer.name[i]);
    line("gp-tip-gap", layer.note[i]);
    return box;
  }

  window.GapPlanner.Routes = Routes;
})();
