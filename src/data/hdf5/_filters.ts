import type { Filter } from "h5wasm/node";

/** Filters built into HDF5: gzip, shuffle, Fletcher-32, SZIP, n-bit, scale-offset. */
const builtIn: readonly number[] = [1, 2, 3, 4, 5, 6];

/** Filters that people use, by the number that The HDF Group registered. */
const registered: Readonly<Record<number, string>> = {
  307: "BZIP2",
  32000: "LZF",
  32001: "Blosc",
  32004: "LZ4",
  32008: "Bitshuffle",
  32013: "ZFP",
  32015: "Zstandard",
  32017: "SZ",
  32018: "FCIDECOMP",
  32019: "JPEG",
  32026: "Blosc2",
};

/** The filters among some that cannot be undone here, by name. */
export function unknownFilters(filters: readonly Filter[]): string[] {
  return filters.filter(({ id }) => !builtIn.includes(id))
    .map(({ id, name }) => registered[id] ?? (name || `the filter ${id}`));
}
