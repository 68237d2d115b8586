/* Villages on exactly one spot, moved apart on the screen so that each can be seen and clicked.
 *
 * Their data stay as they are: a place is moved by pixels, always in the same way, in rings around
 * the spot. The rings draw closer where the map shows a whole province.
 */
(function () {
  "use strict";

  const RING_PX = 28;
  const FULL_FROM_ZOOM = 11.5;
  const FIRST_RING = 6;

  /** Places of n points around a spot, in rings of 6, 12, 18 …; a lone point stays on it. */
  function ringPlaces(count) {
    const places = count === 1 ? [[0, 0]] : [];
    for (let ring = 1; places.length < count; ring += 1) {
      const here = Math.min(FIRST_RING * ring, count - places.length);
      for (let i = 0; i < here; i += 1) {
        const angle = (2 * Math.PI * i) / here - Math.PI / 2;
        places.push([ring * Math.cos(angle), ring * Math.sin(angle)]);
      }
    }
    return places;
  }

  /** Give every glyph that shares its spot with others its own place, in the order given. */
  function spread(glyphs) {
    const spots = new Map();
    for (const glyph of glyphs) {
      const spot = glyph.spot().toString();
      if (!spots.has(spot)) spots.set(spot, []);
      spots.get(spot).push(glyph);
    }
    for (const together of spots.values()) {
      const places = ringPlaces(together.length);
      together.forEach((glyph, i) => { glyph.place = together.length > 1 ? places[i] : null; });
    }
  }

  /** Pixels between two rings. */
  function ringWidth(zoom) {
    return RING_PX * Math.min(1, 2 ** ((zoom - FULL_FROM_ZOOM) / 2));
  }

  window.GapPlanner.spread = spread;
  window.GapPlanner.ringWidth = ringWidth;
})();
