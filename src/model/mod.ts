/**
 * Networks, the blocks they are built of, and their weights.
 *
 * @module
 */
export * from "./activation.ts";
export * from "./block/mod.ts";
export * from "./init.ts";
export * from "./net/mod.ts";
export * from "./network.ts";
export * from "./norm/mod.ts";
export type { Layer, Seen } from "./_layer.ts";
export type { Parts } from "./compose.ts";
export type * from "./flow.ts";
export type { Sight, Window } from "./sight.ts";
export type { ConvShape } from "./unit.ts";
export * from "./weights.ts";
