/* The map itself: its tools, and layers that the browser fetches once per address.
 *
 * GapPlanner.createMap runs once; GapPlanner.show runs whenever the page has something new to say
 * and must be cheap: it moves points between shown and not shown and fetches nothing it has.
 */
(function () {
  "use strict";

  const TABLE = window.GapPlannerTable;
  const WORDS = TABLE.words;
  const KEPT_FILES = 12;
  const FOCUS_ZOOM = 13;
  const LEGEND_PX = 300;
  const NARROW_PX = 560;

  /* ---- fetching ------------------------------------------------------------------------- */

  const fetched = new Map();

  /** Fetch JSON once per address; a failure is forgotten, so that the next call tries again. */
  function fetchOnce(address, build) {
    if (!fetched.has(address)) {
      const result = fetch(address)
        .then((answer) => {
          if (!answer.ok) throw new Error(`${answer.status} for ${address}`);
          return answer.json();
        })
        .then(build);
      result.catch(() => fetched.delete(address));
      fetched.set(address, result);
      if (fetched.size > KEPT_FILES) fetched.delete(fetched.keys().next().value);
    }
    return fetched.get(address);
  }

  /* ---- the map and its tools -------------------------------------------------------------- */

  function createMap(element, settings) {
    const map = L.map(element, {
      zoomControl: false,
      maxZoom: settings.maxZoom,
      minZoom: 4,
      zoomSnap: 0.25,
      wheelPxPerZoomLevel: 100,
    });
    addPanes(map);
    const container = map.getContainer();
    container.setAttribute("role", "region");
    container.setAttribute("aria-label", WORDS.map);

    const view = {
      theme: "light",
      hidden: new Set(),
      tiles: null,
      focus: null,
      fit: undefined, // what the map was last asked to fit to; nothing yet
      moved: false, // by the user, or to a village
      clicked: null,
      busy: false, // while a tool needs the mouse
      drawn: L.featureGroup().addTo(map),
      points: L.canvas({ pane: "gp-points", padding: 0.3, tolerance: 3 }),
    };
    view.redraw = () => redraw(map);
    view.pointUnderMouse = () => Boolean(view.points._hoveredLayer);
    map.gapPlanner = view;
    view.ground = new window.GapPlanner.Ground(map, view);
    view.areas = new window.GapPlanner.Areas(map, view);
    view.routes = new window.GapPlanner.Routes(map, view);
    view.legend = new window.GapPlanner.Legend(view).addTo(map);

    restoreView(map, settings);
    addTiles(map, view, settings.tiles);
    addControls(map, view);
    applyTheme(map, "light");
    return map;
  }

  /**
   * From the ground up: background, tiles (200), coloured areas, drawn area (400), links, points,
   * labels.
   */
  function addPanes(map) {
    const levels = {
      "gp-ground": 150, "gp-areas": 300, "gp-routes": 420, "gp-points": 450, "gp-labels": 460,
    };
    for (const [name, level] of Object.entries(levels)) {
      map.createPane(name).style.zIndex = level;
      if (name !== "gp-points") map.getPane(name).style.pointerEvents = "none";
    }
  }

  /**
   * Start where the user left this map in this browser tab, else with everything in view.
   * Until somebody moves the map it follows its frame, which has no size in a closed tab and grows
   * while the page is laid out.
   */
  function restoreView(map, settings) {
    const view = map.gapPlanner;
    view.key = `gap-planner-view-${settings.name}`;
    view.home = settings.bounds;
    const bounds = settings.bounds.flat().join();
    const kept = readSession(view.key);
    if (kept && kept.bounds === bounds) {
      view.moved = true;
      map.setView(kept.centre, kept.zoom);
    } else {
      showHome(map);
    }
    for (const act of ["mousedown", "wheel", "touchstart", "keydown"]) {
      map.getContainer().addEventListener(act, () => { view.moved = true; }, { passive: true });
    }
    map.on("resize", () => { if (!view.moved) showHome(map); });
    map.on("moveend", () => {
      if (!view.moved) return;
      const { lat, lng } = map.getCenter();
      writeSession(view.key, { centre: [lat, lng], zoom: map.getZoom(), bounds: bounds });
    });
  }

  /** Show the home bounds, beside the open legend where there is room for both. */
  function showHome(map) {
    const view = map.gapPlanner;
    view.moved = false;
    const size = map.getSize();
    const aside = size.x - LEGEND_PX > 0.75 * size.y ? LEGEND_PX : 0;
    map.fitBounds(view.home, {
      paddingTopLeft: [44, 12],
      paddingBottomRight: [12 + aside, 24],
      maxZoom: FOCUS_ZOOM,
      animate: false,
    });
  }

  // A browser may forbid storage, or hold something else under our name: then nothing is kept.
  function readSession(key) {
    try {
      return JSON.parse(sessionStorage.getItem(key));
    } catch {
      return null;
    }
  }

  function writeSession(key, value) {
    try {
      sessionStorage.setItem(key, JSON.stringify(value));
    } catch {
      return;
    }
  }

  function addTiles(map, view, tiles) {
    map.attributionControl.setPrefix("Leaflet");
    if (!tiles) return;
    view.tiles = L.tileLayer(tiles.url, {
      attribution: asHtml(tiles.attribution),
      maxNativeZoom: tiles.maxZoom,
      maxZoom: map.getMaxZoom(),
      referrerPolicy: "strict-origin", // tile servers ask who is calling; they get no more than that
    }).addTo(map);
    // Tiles bring their own names; ours stay away once the first tile is really there.
    view.tiles.once("tileload", () => {
      view.hidden.add("labels");
      view.legend.refresh();
      view.ground.placeLabels();
    });
  }

  function addControls(map, view) {
    // On a phone the attribution needs the whole width: stand above it, not under it.
    const position = map.getSize().x < NARROW_PX ? "bottomright" : "bottomleft";
    L.control.scale({ imperial: false, position: position }).addTo(map);
    L.control.zoom({ zoomInTitle: WORDS.zoom_in, zoomOutTitle: WORDS.zoom_out }).addTo(map);
    new L.Control.FullScreen({
      forceSeparateButton: true,
      title: WORDS.full_screen,
      titleCancel: WORDS.full_screen_exit,
    }).addTo(map);
    addMeasure(map);
    addDrawing(map, view);
    // While a tool needs the mouse, points must not take it.
    const points = map.getPane("gp-points");
    const yieldMouse = (busy) => () => {
      view.busy = busy;
      points.style.pointerEvents = busy ? "none" : "";
    };
    map.on("draw:drawstart draw:editstart draw:deletestart", yieldMouse(true));
    map.on("draw:drawstop draw:editstop draw:deletestop", yieldMouse(false));
    map.on("polylinemeasure:toggle", (event) => yieldMouse(event.sttus)());
  }

  function addMeasure(map) {
    const Measure = L.Control.PolylineMeasure.extend({
      // Numbers in the user's language: 1,25 km in Vietnamese, 1.25 km in English.
      _getDistance: function (metres) {
        const [value, unit] = metres >= 1000 ? [metres / 1000, "km"] : [metres, "m"];
        const decimals = unit === "m" || value >= 100 ? 0 : 2;
        const text = new Intl.NumberFormat(TABLE.language, { maximumFractionDigits: decimals });
        return { value: text.format(value), unit: unit };
      },
    });
    const control = new Measure({
      position: "topleft",
      measureControlTitleOn: WORDS.measure_on,
      measureControlTitleOff: WORDS.measure_off,
      measureControlLabel: " ",
      measureControlClasses: ["gp-measure"],
      tooltipTextFinish: asHtml(WORDS.measure_finish) + "<br>",
      tooltipTextDelete: asHtml(WORDS.measure_delete),
      tooltipTextMove: asHtml(WORDS.measure_move) + "<br>",
      tooltipTextResume: "<br>" + asHtml(WORDS.measure_resume),
      tooltipTextAdd: asHtml(WORDS.measure_add),
    }).addTo(map);
    // The plug-in makes a link without an address: give the keyboard and screen readers a button.
    const button = control.getContainer().querySelector("a");
    button.href = "#";
    button.setAttribute("role", "button");
    button.setAttribute("aria-label", WORDS.measure_on);
    button.addEventListener("click", (event) => event.preventDefault());
  }

  function addDrawing(map, view) {
    translateDrawing();
    const shape = { color: "#c2185b", weight: 2, fillOpacity: 0.06 };
    new L.Control.Draw({
      draw: {
        polygon: { allowIntersection: false, shapeOptions: shape },
        rectangle: { showArea: false, shapeOptions: shape },
        polyline: false,
        circle: false,
        circlemarker: false,
        marker: false,
      },
      edit: { featureGroup: view.drawn },
    }).addTo(map);
    // One area at a time: a new one replaces the last.
    map.on(L.Draw.Event.CREATED, (event) => view.drawn.clearLayers().addLayer(event.layer));
    // streamlit-folium counts drawing as a click and would report the last point again with it.
    map.on("draw:created draw:edited draw:deleted", () => {
      if (window.__GLOBAL_DATA__) window.__GLOBAL_DATA__.last_object_clicked_tooltip = null;
    });
  }

  function translateDrawing() {
    const { draw, edit } = L.drawLocal;
    Object.assign(draw.toolbar.actions, { title: WORDS.draw_cancel, text: WORDS.draw_cancel });
    Object.assign(draw.toolbar.finish, { title: WORDS.draw_finish, text: WORDS.draw_finish });
    Object.assign(draw.toolbar.undo, { title: WORDS.draw_undo, text: WORDS.draw_undo });
    draw.toolbar.buttons.polygon = WORDS.draw_polygon;
    draw.toolbar.buttons.rectangle = WORDS.draw_rectangle;
    draw.handlers.polygon.tooltip = {
      start: WORDS.draw_start,
      cont: WORDS.draw_continue,
      end: WORDS.draw_close,
    };
    draw.handlers.polyline.error = asHtml(WORDS.draw_crossing);
    draw.handlers.rectangle.tooltip.start = WORDS.draw_drag;
    draw.handlers.simpleshape.tooltip.end = WORDS.draw_release;
    Object.assign(edit.toolbar.actions.save, { title: WORDS.draw_save, text: WORDS.draw_save });
    Object.assign(edit.toolbar.actions.cancel, { title: WORDS.draw_cancel, text: WORDS.draw_cancel });
    Object.assign(edit.toolbar.actions.clearAll, { title: WORDS.draw_clear, text: WORDS.draw_clear });
    Object.assign(edit.toolbar.buttons, {
      edit: WORDS.draw_edit,
      editDisabled: WORDS.draw_nothing,
      remove: WORDS.draw_delete,
      removeDisabled: WORDS.draw_nothing,
    });
    edit.handlers.edit.tooltip = { text: WORDS.draw_edit_hint, subtext: "" };
    edit.handlers.remove.tooltip = { text: WORDS.draw_delete_hint };
  }

  /* ---- what is shown now -------------------------------------------------------------------- */

  /**
   * Show a new state of the page in `group`, which streamlit-folium throws away at the next one.
   * Points join the group only after the current task: streamlit-folium gives its click handler
   * to every layer it finds right after this call, and each click must be heard once, by the group.
   */
  function show(map, group, content) {
    const view = map.gapPlanner;
    const load = (path, build) => fetchOnce(`${content.base}/${path}`, build || ((json) => json));
    const fail = (problem) => {
      console.warn(problem);
      say(map, WORDS.load_failed);
    };
    if (content.theme !== view.theme) applyTheme(map, content.theme);
    view.legend.update(content.legend);
    view.ground.show(content.backdrop, load).catch(fail);
    view.areas.show(content.areas || null, load).catch(fail);
    view.routes.show(content.routes || null, load).catch(fail);
    keepArea(view, content.area || []);

    group.bindTooltip((point) => point.describe(), {
      className: "gp-tooltip",
      direction: "top",
      offset: [0, -8],
      opacity: 1,
    });
    group.on("click", (event) => { view.clicked = event.sourceTarget.id; });
    view.group = group;
    // Points are kept for the next state; they must not go on reporting clicks to this group.
    group.once("remove", () => group.clearLayers());

    const villages = load(content.villages, (layer) => villageGlyphs(layer, view));
    const sites = content.sites ? load(content.sites, (layer) => siteGlyphs(layer, view)) : [];
    Promise.all([villages, sites]).then(([set, siteSet]) => {
      if (view.group !== group) return;
      say(map, "");
      view.siteGlyphs = siteSet;
      view.shownVillages = chooseVillages(set, content);
      fill(view);
      moveTo(map, view, set, content);
    }).catch(fail);
  }

  /** Show the area in force: a new tab has not drawn it, a cleared one is still drawn. */
  function keepArea(view, corners) {
    const there = view.drawn.getLayers().length > 0;
    if (!corners.length) view.drawn.clearLayers();
    else if (!there) view.drawn.addLayer(L.polygon(corners.map(([lon, lat]) => [lat, lon])));
  }

  /** Pick the glyphs to draw, the important ones last and so on top. */
  function chooseVillages(set, content) {
    const bits = content.visible === null
      ? null
      : Uint8Array.from(atob(content.visible), (character) => character.charCodeAt(0));
    const rankOf = new Map(content.ranked.map((id, index) => [id, index + 1]));
    const chosen = set.glyphs.filter((glyph, i) => {
      glyph.selected = glyph.id === content.selected;
      glyph.rank = rankOf.get(glyph.id) || 0;
      return glyph.selected || glyph.rank > 0 || bits === null || (bits[i >> 3] >> (i & 7)) & 1;
    });
    const weight = (glyph) =>
      glyph.order + (glyph.rank ? 1000 - glyph.rank * 1e-3 : 0) + (glyph.selected ? 2000 : 0);
    return chosen.sort((a, b) => weight(a) - weight(b));
  }

  /** Put sites and villages into the group, leaving out what the legend has switched off. */
  function fill(view) {
    view.group.clearLayers();
    for (const glyph of [...view.siteGlyphs, ...view.shownVillages]) {
      if (glyph.isShown()) view.group.addLayer(glyph);
    }
  }

  function moveTo(map, view, set, content) {
    // A view the user left in this tab is not overruled when the map comes back.
    const returning = view.fit === undefined && view.moved;
    if (content.fit !== view.fit && content.fit !== null && !returning) {
      const places = view.shownVillages.map((glyph) => glyph.getLatLng());
      if (places.length) {
        view.home = L.latLngBounds(places);
        showHome(map);
      }
    }
    view.fit = content.fit;
    if (content.focus !== view.focus) {
      const glyph = set.glyphs.find((candidate) => candidate.id === content.focus);
      // Whoever clicked a point on the map is looking at it already.
      if (glyph && glyph.id !== view.clicked) {
        view.moved = true;
        map.setView(glyph.getLatLng(), Math.max(map.getZoom(), FOCUS_ZOOM));
      }
    }
    view.focus = content.focus;
  }

  function redraw(map) {
    const view = map.gapPlanner;
    if (view.tiles) {
      if (view.hidden.has("tiles")) view.tiles.remove();
      else view.tiles.addTo(map);
    }
    view.ground.placeLabels();
    view.areas.redraw();
    view.routes.redraw();
    if (view.shownVillages) fill(view);
  }

  function applyTheme(map, theme) {
    const view = map.gapPlanner;
    view.theme = theme;
    const container = map.getContainer();
    container.dataset.theme = theme;
    for (const [name, colour] of Object.entries(TABLE.ground[theme])) {
      container.style.setProperty(`--gp-${name}`, colour);
    }
    view.ground.redraw();
    view.areas.redraw();
    view.routes.redraw();
  }

  /** A line across the map for what went wrong; an empty text takes it away. */
  function say(map, text) {
    const container = map.getContainer();
    const line = container.querySelector(".gp-message") || L.DomUtil.create("div", "gp-message", container);
    line.setAttribute("role", "alert");
    line.textContent = text;
    line.hidden = !text;
  }

  /* ---- points from their columns -------------------------------------------------------------- */

  const ORDER = Object.keys(TABLE.symbols);

  function villageGlyphs(layer, view) {
    const glyphs = layer.id.map((id, i) => {
      const mobile = layer.kind ? "" : TABLE.mobile[layer.mobile[i]];
      const fixed = layer.kind ? "" : TABLE.fixed[layer.fixed[i]];
      const both = [mobile, fixed];
      const gaps = [...new Set(both.filter((name) => name !== "served"))];
      const lacking = gaps.length ? gaps : ["served"];
      // A plan says of each village what becomes of it, in one class and a note.
      const classes = layer.kind ? [layer.kind[i]] : lacking;
      const says = () => (layer.kind
        ? [WORDS[`class_${layer.kind[i]}`], layer.note[i]]
        : stateWords(mobile, fixed));
      const glyph = makeGlyph(id, layer.lat[i], layer.lon[i], classes, view, () => describe(
        layer.name[i],
        [layer.places[layer.place[i]].join(" · "), peopleText(layer.people[i])],
        [...says(), glyph.atCentre ? WORDS.at_centre : ""],
        id,
      ));
      glyph.atCentre = layer.bases[layer.basis[i]] === "commune_centre";
      return glyph;
    });
    window.GapPlanner.spread(glyphs.filter((glyph) => glyph.atCentre));
    return { glyphs: glyphs };
  }

  function siteGlyphs(layer, view) {
    return layer.id.map((id, i) => makeGlyph(id, layer.lat[i], layer.lon[i], [layer.kind[i]], view,
      () => describe(layer.name[i], [WORDS[`class_${layer.kind[i]}`]], [layer.technology[i]], id)));
  }

  function makeGlyph(id, lat, lon, classes, view, description) {
    const glyph = new window.GapPlanner.Glyph([lat, lon], classes, description, view.points);
    glyph.id = id;
    glyph.view = view;
    // The symbol table lists the gravest class first: that one is drawn last, on top.
    glyph.order = ORDER.length - Math.min(...classes.map((name) => ORDER.indexOf(name)));
    return glyph;
  }

  /** What a village lacks or has got; a service it simply has is not worth a word. */
  function stateWords(mobile, fixed) {
    if (mobile === "served" && fixed === "served") return [WORDS.class_served];
    const word = (name, unknown) => (name === "unknown" ? unknown : WORDS[`class_${name}`]);
    return [
      mobile === "served" ? "" : word(mobile, WORDS.mobile_unknown),
      fixed === "served" ? "" : word(fixed, WORDS.fixed_unknown),
    ];
  }

  function peopleText(people) {
    if (people === null) return "";
    return WORDS.people.replace("{n}", new Intl.NumberFormat(TABLE.language).format(people));
  }

  /** The tooltip; ends in the id in parentheses, which the page reads after a click. */
  function describe(name, facts, words, id) {
    const box = document.createElement("div");
    const line = (className, text) => {
      if (text) L.DomUtil.create("div", className, box).textContent = `${text} `;
    };
    line("gp-tip-name", name);
    line("gp-tip-place", facts.filter(Boolean).join(" · "));
    line("gp-tip-gap", words.filter(Boolean).join(" · "));
    L.DomUtil.create("div", "gp-tip-id", box).textContent = `(${id})`;
    return box;
  }

  function asHtml(text) {
    const box = document.createElement("span");
    box.textContent = text;
    return box.innerHTML;
  }

  window.GapPlanner.createMap = createMap;
  window.GapPlanner.show = show;
})();
