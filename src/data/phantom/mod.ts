/**
 * A made-up volume that looks like ssTEM.
 *
 * @module
 */
export { makePhantom, type Phantom } from "./make.ts";
export type { PhantomPlan } from "./scene.ts";
export { writePhantom, type WrittenPhantom } from "./write_phantom.ts";
