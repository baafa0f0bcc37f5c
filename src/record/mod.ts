/**
 * The record of every run, in SQLite.
 *
 * @module
 */
export * from "./types.ts";
