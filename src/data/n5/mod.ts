/**
 * Containers of N5 in and out.
 *
 * @module
 */
export { openN5 } from "./container.ts";
export { createN5 } from "./write.ts";
