import { canonicalJson, sha256Hex } from "@/core/mod.ts";
import type { Spec } from "../spec/spec.ts";

/**
 * SHA-256 of the part of an experiment that decides its result. Names, notes,
 * tags, the report, the threads that prepare samples, what is recorded of them,
 * blocks that are computed again and the way of running compiled functions change
 * no bit of it and are left out.
 */
export function planHash(spec: Spec): string {
  const { name: _, summary: _s, notes: _n, tags: _t, report: _r, ...rest } =
    spec;
  const { workers: _w, ahead: _a, eager: _e, recordSamples: _rs, ...train } =
    rest.train;
  const { recompute: _rc, ...model } = rest.model;
  const decides = JSON.stringify({ ...rest, model, train });
  // One device leaves no trace, nor what only several differ by.
  return sha256Hex(canonicalJson(JSON.parse(decides, (key, value) => {
    const isNone = (key === "devices" && value === 1) ||
      (key === "sync" && value === false);
    return isNone ? undefined : value;
  })));
}
