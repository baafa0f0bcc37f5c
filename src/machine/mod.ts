/**
 * What the machine does while a run goes on: processor, memory, disk, cards,
 * energy.
 *
 * @module
 */
export * from "./catalog.ts";
export * from "./source.ts";
export * from "./watch.ts";
