/* Shapes as paths in the plane of the map: moved and scaled together, not projected and clipped. */

import { HALF_WORLD } from "./albers.js";
import { coordinates } from "./coordinates.js";

/** Metres of a unit of those paths, as in coarse.py. */
const UNIT_M = 1000;

/**
 * A class of Leaflet whose shapes are such paths, or GeoJSON at another level of detail. Those of a
 * pane stand in one group, below what else the pane has, and change their level together.
 * @param {{ extend: Function, prototype: any }} base
 * @returns {new (places: L.LatLng[], style: L.PolylineOptions) => PlaneLayer}
 */
function ofPlane(base) {
  const { _project: project, _update: update, onAdd: add } = base.prototype;
  /** @type {ThisType<any>} */
  const members = {
    /** @param {Shape} shape */
    setShape(shape) {
      this.shape = shape;
      this.setLatLngs("d" in shape ? [] : coordinates(shape));
      this.write();
    },
    /** @param {L.Map} map */
    onAdd(map) {
      add.call(this, map);
      const path = this.getElement();
      this.group = groupIn(path.parentElement);
      this.group.append(path);
      this.place(this.group);
      this.write();
    },
    write() {
      if ("d" in this.shape) this.getElement()?.setAttribute("d", this.shape.d);
    },
    /** @param {SVGElement} node */
    place(node) {
      const { shape, _map: map } = this;
      setTransform(node, "d" in shape ? planeTransform(map) : "");
    },
    _project() {
      if (!("d" in this.shape)) project.call(this);
    },
    _update() {
      const { group, shape, _map: map } = this;
      if (!map) return;
      if (group) this.place(group);
      if (!("d" in shape)) update.call(this);
    },
  };
  return base.extend(members);
}

export const PlaneLine = ofPlane(L.Polyline);
export const PlaneArea = ofPlane(L.Polygon);

/** @param {SVGElement} root what Leaflet draws a pane in */
function groupIn(root) {
  const found = root.querySelector(":scope > g");
  if (found) return found;
  const group = document.createElementNS("http://www.w3.org/2000/svg", "g");
  root.prepend(group);
  return group;
}

/** @param {SVGElement} node @param {string} transform */
function setTransform(node, transform) {
  if ((node.getAttribute("transform") ?? "") === transform) return;
  if (transform) node.setAttribute("transform", transform);
  else node.removeAttribute("transform");
}

/** @param {L.Map} map */
function planeTransform(map) {
  const world = L.CRS.ChinaAlbers.scale(map.getZoom());
  const { x, y } = map.getPixelOrigin();
  const by = (UNIT_M * world) / (2 * HALF_WORLD);
  return `matrix(${by} 0 0 ${by} ${world / 2 - x} ${world / 2 - y})`;
}
