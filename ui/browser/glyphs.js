/* Symbols: how a class of points looks, on the map and in the legend alike.
 *
 * Colours, shapes and sizes come from the table in front of this script (geo/symbology.py); this
 * file only knows how to draw a named shape on a canvas.
 */
(function () {
  "use strict";

  const TABLE = window.GapPlannerTable;

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
      strokeTwice(ctx, halo, 5, symbol.shape === "plus" ? symbol.fill : strokeFor(symbol, theme), 2.4);
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

  /** A small canvas with one symbol, for the legend. */
  function swatch(name, theme) {
    const side = 22;
    const sharp = window.devicePixelRatio || 1;
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = side * sharp;
    canvas.style.width = canvas.style.height = `${side}px`;
    canvas.setAttribute("aria-hidden", "true");
    const ctx = canvas.getContext("2d");
    ctx.scale(sharp, sharp);
    drawSymbol(ctx, name, side / 2, side / 2, 1, theme);
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
    },

    /** The classes that the legend has switched on. */
    shownClasses: function () {
      return this.classes.filter((name) => !this.view.hidden.has(name));
    },

    isShown: function () {
      return this.selected || this.rank > 0 || this.shownClasses().length > 0;
    },

    _project: function () {
      const scale = scaleAt(this._map.getZoom());
      const largest = Math.max(...this.classes.map((name) => TABLE.symbols[name].size_px));
      this._scale = scale;
      this._radius = (largest / 2) * scale * (this.classes.length > 1 ? 1.25 : 1) + 2;
      L.CircleMarker.prototype._project.call(this);
    },

    // Room for the ring and the rank label too, or the canvas would not redraw them.
    _updateBounds: function () {
      const room = this._radius + (this.rank ? 26 : this.selected ? 10 : 2);
      this._pxBounds = L.bounds(this._point.subtract([room, room]), this._point.add([room, room]));
    },

    _containsPoint: function (point) {
      const reach = Math.max(this._radius, 6) + this._clickTolerance();
      return this.isShown() && point.distanceTo(this._point) <= reach;
    },

    _updatePath: function () {
      const renderer = this._renderer;
      if (!renderer._drawing || this._empty()) return;
      const ctx = renderer._ctx;
      const { x, y } = this._point;
      const theme = this.view.theme;
      const shown = this.shownClasses();
      if (this.selected) this._drawRing(ctx, x, y);
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

    _drawRing: function (ctx, x, y) {
      const ground = TABLE.ground[this.view.theme];
      ctx.beginPath();
      ctx.arc(x, y, this._radius + 5, 0, 2 * Math.PI);
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
