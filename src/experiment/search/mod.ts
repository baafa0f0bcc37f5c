/**
 * Searches: experiments whose options are drawn, and the best of them chosen.
 *
 * @module
 */
export { asChosen } from "./chosen.ts";
export type { Rung } from "./budget/mod.ts";
export type { Search } from "./search.ts";
