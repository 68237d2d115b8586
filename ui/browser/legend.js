/* The legend: symbols, words and counts, and at the same time the switch of every class. */
(function () {
  "use strict";

  const TABLE = window.GapPlannerTable;
  const NARROW_PX = 560;
  const KIND_OF_ROW = { areas: "gp-apart gp-head", wave_1: "gp-apart" };

  const Legend = L.Control.extend({
    options: { position: "topright" },

    /** @param {object} view  state of the map; `view.hidden` is the set of classes switched off */
    initialize: function (view) {
      L.Control.prototype.initialize.call(this, {});
      this.view = view;
      this.known = new Set();
      this.rows = [];
    },

    onAdd: function (map) {
      const box = L.DomUtil.create("section", "gp-legend");
      box.setAttribute("aria-label", TABLE.words.legend);
      L.DomEvent.disableClickPropagation(box);
      L.DomEvent.disableScrollPropagation(box);
      this.button = L.DomUtil.create("button", "gp-legend-title", box);
      this.button.type = "button";
      this.button.textContent = TABLE.words.legend;
      this.list = L.DomUtil.create("ul", "gp-legend-list", box);
      this.button.addEventListener("click", () => this.open(this.list.hidden));
      this.open(map.getSize().x >= NARROW_PX);
      return box;
    },

    open: function (wanted) {
      this.list.hidden = !wanted;
      this.button.setAttribute("aria-expanded", String(wanted));
    },

    /** Show rows of [symbol, label, count, classes, isPart, shown]; see ui/map/layers.py. */
    update: function (rows) {
      const text = JSON.stringify([rows, this.view.theme]);
      if (text === this.text) return;
      this.text = text;
      for (const [, , , classes, , shown] of rows) {
        for (const name of classes) {
          if (!shown && !this.known.has(name)) this.view.hidden.add(name);
          this.known.add(name);
        }
      }
      this.list.replaceChildren();
      const picture = (symbol) => window.GapPlanner.swatch(symbol, this.view.theme);
      this.rows = rows.map(([symbol, label, count, classes, isPart]) =>
        this.addRow(label, count, classes, isPart ? "gp-part" : KIND_OF_ROW[symbol], picture(symbol)));
      this.rows.push(this.addRow(TABLE.words.labels, null, ["labels"], "gp-apart", null));
      if (this.view.tiles) this.rows.push(this.addRow(TABLE.words.tiles, null, ["tiles"], "", null));
      this.refresh();
    },

    addRow: function (label, count, classes, kind, picture) {
      const item = L.DomUtil.create("li", kind || "", this.list);
      const row = L.DomUtil.create("label", "", item);
      const box = L.DomUtil.create("input", "", row);
      box.type = "checkbox";
      if (picture) row.appendChild(picture);
      else L.DomUtil.create("span", "gp-no-symbol", row);
      L.DomUtil.create("span", "gp-row-label", row).textContent = label;
      if (count !== null) {
        const number = new Intl.NumberFormat(TABLE.language).format(count);
        L.DomUtil.create("span", "gp-row-count", row).textContent = number;
      }
      item.dataset.classes = classes.join(" ");
      box.addEventListener("change", () => {
        for (const name of classes) this.view.hidden[box.checked ? "delete" : "add"](name);
        this.refresh();
        this.view.redraw();
      });
      return { box: box, classes: classes };
    },

    /** Tick what is on; a row of which only a part is on stands between. */
    refresh: function () {
      for (const { box, classes } of this.rows) {
        const on = classes.filter((name) => !this.view.hidden.has(name)).length;
        box.checked = on === classes.length;
        box.indeterminate = on > 0 && on < classes.length;
      }
    },
  });

  window.GapPlanner.Legend = Legend;
})();
