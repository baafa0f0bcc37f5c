/**
 * Volumes for viewers: served on this machine as OME-Zarr, with links that open
 * them.
 *
 * @module
 */
export type { Layer, LayerKind } from "./layer.ts";
export { neuroglancerLink, publicNeuroglancer } from "./neuroglancer.ts";
export { serveLayers } from "./serve.ts";
