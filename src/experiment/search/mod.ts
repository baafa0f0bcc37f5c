/**
 * Searches: experiments whose options are drawn, and the best of them chosen.
 *
 * @module
 */
export type { Rung } from "./budget/mod.ts";
export { asChosen } from "./chosen.ts";
export { isSearch, type SearchMatrix } from "./plan_search.ts";
export { runSearch, type SearchRequest } from "./run_search.ts";
export type { Search } from "./search.ts";
