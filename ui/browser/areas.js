/* Areas coloured by their share of villages with a gap, below the points.
 *
 * Outlines come with the ground, once; a day and a gap add only a few numbers for each area.
 */
(function () {
  "use strict";

  const TABLE = window.GapPlannerTable;
  const WORDS = TABLE.words;
  const OPACITY = { alone: 0.85, "over tiles": 0.6 };
  const HATCH_PX = 7;
  const FADE = { from: 11, to: 13, least: 0.45 };

  const patterns = new Map();

  /** Stripes for what is not known: a colour alone could pass for a step of the scale. */
  function hatch(colour) {
    if (!patterns.has(colour)) {
      const tile = document.createElement("canvas");
      tile.width = tile.height = HATCH_PX;
      const ctx = tile.getContext("2d");
      ctx.strokeStyle = colour;
      ctx.lineWidth = 1.4;
      ctx.beginPath();
      for (const shift of [-HATCH_PX, 0, HATCH_PX]) {
        ctx.moveTo(shift - 1, HATCH_PX + 1);
        ctx.lineTo(shift + HATCH_PX + 1, -1);
      }
      ctx.stroke();
      patterns.set(colour, ctx.createPattern(tile, "repeat"));
    }
    return patterns.get(colour);
  }

  /** What an area is filled with; nothing where it has no villages. */
  function fillOf(shade, theme) {
    const colour = TABLE.shades[theme][shade];
    return shade === "share_unknown" ? hatch(colour) : colour;
  }

  /** Draws the coloured areas of one map and says what they are. */
  class Areas {
    constructor(map, view) {
      this.map = map;
      this.view = view;
      this.path = null;
      this.rates = null;
      this.shown = L.layerGroup().addTo(map);
      this.renderer = L.canvas({ pane: "gp-areas", padding: 0.5 });
      this.tooltip = L.tooltip({
        className: "gp-tooltip gp-tooltip-area",
        direction: "top",
        offset: [0, -10],
        opacity: 1,
      });
      map.on("zoomend", this.fade, this);
      map.on("mousemove click", (event) => this.explain(event.latlng));
      map.on("mouseout zoomstart movestart", () => this.tooltip.remove());
    }

    /** Colour the areas of the ground by the file at a path; the same path costs nothing. */
    async show(path, fetchJson) {
      if (path === this.path) return;
      this.path = path;
      const rates = path ? await fetchJson(path) : null;
      if (path !== this.path) return;
      this.rates = rates;
      this.redraw();
    }

    /** Step back as the map comes nearer and the question turns to single villages. */
    fade() {
      const nearness = (this.map.getZoom() - FADE.from) / (FADE.to - FADE.from);
      const share = Math.min(1, Math.max(0, nearness));
      this.map.getPane("gp-areas").style.opacity = String(1 - share * (1 - FADE.least));
    }

    redraw() {
      this.fade();
      this.shown.clearLayers();
      this.drawn = [];
      if (!this.rates) return;
      const { theme, hidden } = this.view;
      const colours = TABLE.ground[theme];
      const over = this.view.tiles && !hidden.has("tiles") ? "over tiles" : "alone";
      for (const feature of this.view.ground.features) {
        const shade = this.rates.shade[feature.properties.area];
        if (shade === undefined || hidden.has(shade)) continue;
        const fill = fillOf(shade, theme);
        const shape = L.geoJSON(feature, {
          interactive: false,
          renderer: this.renderer,
          style: {
            color: colours.halo,
            weight: 0.8,
            fill: Boolean(fill),
            fillColor: fill,
            fillOpacity: OPACITY[over],
          },
        });
        this.shown.addLayer(shape);
        this.drawn.push(feature);
      }
      // Borders of the large areas again: the colours lie on those of the ground.
      if (this.drawn.length) {
        this.shown.addLayer(L.geoJSON(
          this.view.ground.features.filter((f) => f.properties.level === "outer"),
          {
            interactive: false,
            renderer: this.renderer,
            style: { fill: false, color: colours.outer, weight: 1.4, opacity: 0.9 },
          },
        ));
      }
    }

    /** The area at a place, among those that are drawn. */
    at(latlng) {
      const point = [latlng.lng, latlng.lat];
      return (this.drawn || []).find((feature) => covers(feature, point));
    }

    /** Say what the area under the mouse is, unless a point has the word or a tool the mouse. */
    explain(latlng) {
      const found = this.view.busy || this.view.pointUnderMouse() ? undefined : this.at(latlng);
      if (!found) {
        this.tooltip.remove();
        return;
      }
      if (found !== this.explained || !this.map.hasLayer(this.tooltip)) {
        this.explained = found;
        this.tooltip.setContent(describe(this.rates, found.properties.area));
      }
      this.tooltip.setLatLng(latlng).addTo(this.map);
    }
  }

  function covers(feature, [x, y]) {
    const { type, coordinates } = feature.geometry;
    const polygons = type === "Polygon" ? [coordinates] : coordinates;
    // Even-odd over all rings of a polygon: a hole counts once more and so is outside.
    return polygons.some((rings) => rings.filter((ring) => crosses(ring, x, y)).length % 2 === 1);
  }

  /** Whether a ray to the east crosses a ring an odd number of times. */
  function crosses(ring, x, y) {
    let odd = false;
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
      const [[x1, y1], [x2, y2]] = [ring[i], ring[j]];
      if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) odd = !odd;
    }
    return odd;
  }

  function describe(rates, area) {
    const box = document.createElement("div");
    const line = (className, text) => {
      L.DomUtil.create("div", className, box).textContent = text; // names are written by strangers
    };
    const [lacking, known, unknown] = [rates.lacking[area], rates.known[area], rates.unknown[area]];
    line("gp-tip-name", rates.name[area] || "–");
    if (known > 0) line("gp-tip-gap", rateWords(lacking, known, rates.lack));
    if (unknown > 0) line("gp-tip-place", WORDS.area_unknown.replace("{n}", number(unknown)));
    if (known + unknown === 0) line("gp-tip-place", WORDS.area_empty);
    return box;
  }

  function rateWords(lacking, known, lack) {
    const share = WORDS.area_percent.replace("{n}", number((100 * lacking) / known));
    return WORDS.area_rate
      .replace("{share}", share)
      .replace("{x}", number(lacking))
      .replace("{y}", number(known))
      .replace("{lack}", WORDS[`class_${lack}`]);
  }

  function number(value) {
    return new Intl.NumberFormat(TABLE.language, { maximumFractionDigits: 1 }).format(value);
  }

  window.GapPlanner.Areas = Areas;
  window.GapPlanner.fillOf = fillOf;
})();
