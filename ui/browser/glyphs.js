/* Symbols: how a class of points looks, on the map and in the legend alike.
 *
 * Colours, shapes and sizes come from the table in front of this script (geo/symbology.py); this
 * file only knows how to draw a named shape on a canvas.
 */
(function () {
  "use strict";

  const TABLE = window.GapPlannerTable;
  const MARKS_FROM_ZOOM = 10.5;
  const SMALL_MARK_PX = 2.2;
  const DASHES = 10;
  const STEPS_BACK = { fibre_point: 0.5, base_station: 0.5, planned: 0.62, left_out: 0.75 };

  /** Paths of the shapes in a box of side 2 around the origin; "closed" ones can be filled. */
  const SHAPES = {
    triangle: [[0, -1], [1, 0.8], [-1, 0.8]],
    diamond: [[0, -1], [0.86, 0], [0, 1], [-0.86, 0]],
    square: [[-0.82, -0.82], [0.82, -0.82], [0.82, 0.82], [-0.82, 0.82]],
  };

  function tracePolygon(ctx, points, x, y, radius) {
    ctx.beginPath();
    points.forEach(([dx, dy], i) => {
      const at = [x + dx * radius, y + dy * radius];
      if (i === 0) ctx.moveTo(...at);
      else ctx.lineTo(...at);
    });
    ctx.closePath();
  }

  function traceLines(ctx, lines, x, y, radius) {
    ctx.beginPath();
    for (const [x1, y1, x2, y2] of lines) {
      ctx.moveTo(x + x1 * radius, y + y1 * radius);
      ctx.lineTo(x + x2 * radius, y + y2 * radius);
    }
  }

  const PLUS = [[0, -1, 0, 1], [-1, 0, 1, 0]];
  const MAST = [[0, -0.2, -0.6, 1], [0, -0.2, 0.6, 1], [-0.36, 0.5, 0.36, 0.5]];

  /** Mix a #rrggbb colour with white, so that dark strokes can be read on a dark ground. */
  function lighten(colour, share) {
    const parts = [1, 3, 5].map((i) => parseInt(colour.slice(i, i + 2), 16));
    const mixed = parts.map((part) => Math.round(part + (255 - part) * share));
    return `rgb(${mixed.join(",")})`;
  }

  function strokeFor(symbol, theme) {
    return theme === "dark" ? lighten(symbol.fill || symbol.stroke, 0.4) : symbol.stroke;
  }

  /**
   * Draw one symbol.
   * @param {CanvasRenderingContext2D} ctx
   * @param {string} name  class of the symbol, as in geo/symbology.py
   * @param {number} x, y  centre in pixels
   * @param {number} scale 1 at ordinary zoom
   * @param {string} theme "light" or "dark"
   */
  function drawSymbol(ctx, name, x, y, scale, theme) {
    const symbol = TABLE.symbols[name];
    const radius = (symbol.size_px / 2) * scale;
    const halo = TABLE.ground[theme].halo;
    ctx.lineJoin = "round";
    ctx.lineCap = "round";
    if (symbol.shape === "plus" || symbol.shape === "mast") {
      traceLines(ctx, symbol.shape === "plus" ? PLUS : MAST, x, y, radius);
      const width = scale < 0.5 ? 1.3 : 2.4;
      const colour = symbol.shape === "plus" ? symbol.fill : strokeFor(symbol, theme);
      strokeTwice(ctx, halo, 2 * width, colour, width);
      if (symbol.shape === "mast") {
        ctx.beginPath();
        ctx.arc(x, y - radius * 0.45, radius * 0.5, 0, 2 * Math.PI);
        fillAndStroke(ctx, symbol.fill, strokeFor(symbol, theme), 1.2);
      }
      return;
    }
    if (symbol.shape in SHAPES) {
      tracePolygon(ctx, SHAPES[symbol.shape], x, y, radius);
    } else {
      ctx.beginPath();
      ctx.arc(x, y, radius, 0, 2 * Math.PI);
    }
    if (symbol.shape === "dot") {
      ctx.fillStyle = symbol.fill;
      ctx.fill();
    } else if (symbol.fill) {
      strokeTwice(ctx, halo, 3.5, symbol.stroke, 0);
      fillAndStroke(ctx, symbol.fill, strokeFor(symbol, theme), 1);
    } else {
      ctx.fillStyle = halo;
      ctx.fill();
      strokeTwice(ctx, halo, 4.5, strokeFor(symbol, theme), 2);
    }
  }

  /** A wide line in the ground's colour first: the halo that keeps symbols apart. */
  function strokeTwice(ctx, halo, haloWidth, colour, width) {
    ctx.strokeStyle = halo;
    ctx.lineWidth = haloWidth;
    ctx.stroke();
    if (!width) return;
    ctx.strokeStyle = colour;
    ctx.lineWidth = width;
    ctx.stroke();
  }

  function fillAndStroke(ctx, fill, stroke, width) {
    ctx.fillStyle = fill;
    ctx.fill();
    ctx.strokeStyle = stroke;
    ctx.lineWidth = width;
    ctx.stroke();
  }

  /**
   * The mark of a village of which only the commune's centre is known: a broken ring with the arms
   * of a small cross, around whatever symbol says what the village lacks.
   */
  function drawCentreMark(ctx, x, y, radius, theme) {
    const ground = TABLE.ground[theme];
    const arm = 3;
    ctx.beginPath();
    ctx.arc(x, y, radius, 0, 2 * Math.PI);
    ctx.fillStyle = ground.halo;
    ctx.fill();
    ctx.lineCap = "butt";
    ctx.strokeStyle = ground.label;
    ctx.lineWidth = 1.1;
    const dash = (2 * Math.PI * radius) / DASHES;
    ctx.setLineDash([dash * 0.55, dash * 0.45]);
    ctx.stroke();
    ctx.setLineDash([]);
    ctx.beginPath();
    for (const [dx, dy] of [[1, 0], [0, 1], [-1, 0], [0, -1]]) {
      ctx.moveTo(x + dx * (radius - 0.5), y + dy * (radius - 0.5));
      ctx.lineTo(x + dx * (radius + arm), y + dy * (radius + arm));
    }
    ctx.stroke();
  }

  /** The same where there is no room: an open ring instead of a dot. */
  function drawSmallCentreMark(ctx, x, y, radius, theme) {
    ctx.beginPath();
    ctx.arc(x, y, radius, 0, 2 * Math.PI);
    ctx.fillStyle = TABLE.ground[theme].halo;
    ctx.fill();
    ctx.strokeStyle = TABLE.symbols.served.stroke;
    ctx.lineWidth = 1;
    ctx.stroke();
  }

  const SHADES = ["share_0", "share_1", "share_2", "share_3", "share_4"];

  /** A box in the colour of a class of areas, or all of them side by side. */
  function drawShades(ctx, names, side, theme) {
    const [left, top] = [3, (side - 14) / 2];
    const width = (side - 2 * left) / names.length;
    names.forEach((name, i) => {
      const fill = window.GapPlanner.fillOf(name, theme);
      if (!fill) ctx.setLineDash([2, 2]);
      ctx.fillStyle = fill || "transparent";
      ctx.fillRect(left + i * width, top, width, 14);
    });
    ctx.strokeStyle = TABLE.ground[theme].outer;
    ctx.lineWidth = 1;
    ctx.strokeRect(left, top, side - 2 * left, 14);
    ctx.setLineDash([]);
  }

  /** A piece of a link, on its halo as on the map. */
  function drawRoute(ctx, name, side, theme) {
    const stroke = TABLE.routes[name];
    ctx.lineCap = "butt";
    ctx.beginPath();
    ctx.moveTo(0, side / 2);
    ctx.lineTo(2 * side, side / 2);
    ctx.setLineDash(stroke.dash);
    strokeTwice(ctx, TABLE.ground[theme].halo, stroke.width_px + 2.5, stroke[theme], stroke.width_px);
    ctx.setLineDash([]);
  }

  /** A small canvas with one symbol, for the legend. */
  function swatch(name, theme) {
    const side = 22;
    const isRoute = name in TABLE.routes;
    const width = isRoute ? 2 * side : side;
    const sharp = window.devicePixelRatio || 1;
    const canvas = document.createElement("canvas");
    canvas.width = width * sharp;
    canvas.height = side * sharp;
    canvas.style.width = `${width}px`;
    canvas.style.height = `${side}px`;
    canvas.setAttribute("aria-hidden", "true");
    const ctx = canvas.getContext("2d");
    ctx.scale(sharp, sharp);
    if (isRoute) drawRoute(ctx, name, side, theme);
    else if (name === "areas") drawShades(ctx, SHADES, side, theme);
    else if (name in TABLE.shades[theme]) drawShades(ctx, [name], side, theme);
    else if (name === "commune_centre") drawCentreMark(ctx, side / 2, side / 2, 6.5, theme);
    else drawSymbol(ctx, name, side / 2, side / 2, 1, theme);
    return canvas;
  }

  /** Symbols grow a little when the map comes nearer. */
  function scaleAt(zoom) {
    return Math.min(1.5, Math.max(0.65, 1 + (zoom - 10) * 0.14));
  }

  /**
   * One point of the map, drawn by Leaflet's canvas renderer.
   *
   * A glyph shows up to two classes at once: a village without mobile broadband *and* without
   * fibre is a large diamond with a small square in it. `view` is the state of its map.
   */
  const Glyph = L.CircleMarker.extend({
    initialize: function (latlng, classes, describe, renderer) {
      L.CircleMarker.prototype.initialize.call(this, latlng, { renderer: renderer, weight: 0 });
      this.classes = classes;
      this.describe = describe;
      this.view = null;
      this.selected = false;
      this.rank = 0;
      this.atCentre = false; // known only by the centre of its commune
      this.place = null; // in rings around its spot, if others share it; see spread.js
    },

    /** Where the village is recorded to be. */
    spot: function () {
      return this._latlng;
    },

    /** Where it is drawn, for tooltips and whoever looks for it on the screen. */
    getLatLng: function () {
      return this._map && this.place ? this._map.layerPointToLatLng(this._point) : this._latlng;
    },

    /** The classes that the legend has switched on. */
    shownClasses: function () {
      return this.classes.filter((name) => !this.view.hidden.has(name));
    },

    isShown: function () {
      if (this.selected || this.rank > 0) return true;
      if (this.atCentre && this.view.hidden.has("commune_centre")) return false;
      return this.shownClasses().length > 0;
    },

    _project: function () {
      const scale = scaleAt(this._map.getZoom()) * (this.atCentre ? 0.8 : 1) * this._standsBack();
      const largest = Math.max(...this.classes.map((name) => TABLE.symbols[name].size_px));
      this._scale = scale;
      this._radius = (largest / 2) * scale * (this.classes.length > 1 ? 1.25 : 1) + 2;
      this._reach = Math.max(this._radius, 6) + this._clickTolerance();
      L.CircleMarker.prototype._project.call(this);
      if (this.place) this._moveToPlace();
    },

    /** On the map of a plan points step back until it comes near: links are short. */
    _standsBack: function () {
      if (!this.view.routes.path || this._map.getZoom() >= MARKS_FROM_ZOOM) return 1;
      return STEPS_BACK[this.classes[0]] || 1;
    },

    _moveToPlace: function () {
      const width = window.GapPlanner.ringWidth(this._map.getZoom());
      this._point = this._point.add(L.point(this.place[0], this.place[1]).multiplyBy(width));
      // Neighbours on a ring stand a ring's width apart: each takes the clicks next to it.
      this._reach = Math.min(this._reach, width / 2);
      this._updateBounds();
    },

    // Room for the ring and the rank label too, or the canvas would not redraw them.
    _updateBounds: function () {
      const room = this._radius + (this.rank ? 26 : this.selected ? 14 : this.atCentre ? 6 : 2);
      this._pxBounds = L.bounds(this._point.subtract([room, room]), this._point.add([room, room]));
    },

    _containsPoint: function (point) {
      return this.isShown() && point.distanceTo(this._point) <= this._reach;
    },

    _updatePath: function () {
      const renderer = this._renderer;
      if (!renderer._drawing || this._empty()) return;
      const ctx = renderer._ctx;
      const { x, y } = this._point;
      const theme = this.view.theme;
      const shown = this.shownClasses();
      if (this.selected) this._drawRing(ctx, x, y);
      if (this.atCentre) {
        if (this._isSmall()) {
          drawSmallCentreMark(ctx, x, y, SMALL_MARK_PX, theme);
          return;
        }
        drawCentreMark(ctx, x, y, this._radius + 1.5, theme);
      }
      if (shown.length === 2) {
        drawSymbol(ctx, shown[0], x, y, this._scale * 1.5, theme);
        drawSymbol(ctx, shown[1], x, y, this._scale * 0.72, theme);
      } else if (shown.length === 1) {
        drawSymbol(ctx, shown[0], x, y, this._scale, theme);
      } else if (this.rank) {
        drawSymbol(ctx, this.classes[0], x, y, this._scale, theme);
      }
      if (this.rank) this._drawRank(ctx, x, y);
    },

    /** A village that lacks nothing, on a map that shows a whole province. */
    _isSmall: function () {
      const quiet = this.classes[0] === "served" && !this.selected && !this.rank;
      return quiet && this._map.getZoom() < MARKS_FROM_ZOOM;
    },

    _drawRing: function (ctx, x, y) {
      const ground = TABLE.ground[this.view.theme];
      ctx.beginPath();
      ctx.arc(x, y, this._radius + (this.atCentre ? 8 : 5), 0, 2 * Math.PI);
      strokeTwice(ctx, ground.halo, 6, ground.accent, 3);
    },

    _drawRank: function (ctx, x, y) {
      const ground = TABLE.ground[this.view.theme];
      const text = String(this.rank);
      ctx.font = "600 11px 'Be Vietnam Pro', sans-serif";
      const width = Math.max(16, ctx.measureText(text).width + 8);
      const top = y - this._radius - 15;
      ctx.beginPath();
      ctx.roundRect(x - width / 2, top, width, 15, 7.5);
      strokeTwice(ctx, ground.halo, 3, ground.ink, 0);
      ctx.fillStyle = ground.ink;
      ctx.fill();
      ctx.fillStyle = ground.halo;
      ctx.textAlign = "center";
      ctx.textBaseline = "middle";
      ctx.fillText(text, x, top + 8);
    },
  });

  window.GapPlanner = { Glyph: Glyph, swatch: swatch };
})();
