import {
  type BenchOptions,
  type BenchRow,
  benchRow,
  checkAgreement,
  runOurs,
  runPeer,
} from "./harness.ts";

/**
 * The distance transform of a whole volume of the CREMI challenge, one call on one
 * thread; scipy's takes a minute and 8 GiB.
 *
 * @throws {Error} If the two sides come to different distances.
 */
export function bench(options: BenchOptions): BenchRow[] {
  const args = ["125,1250,1250"];
  const what = "anisotropic distance transform, 125×1250×1250, against scipy";
  const ours = runOurs("our_distances.ts", args);
  const peer = runPeer(options, { script: "peer_distances.py", args });
  checkAgreement(what, { ours, peer });
  return [benchRow(what, { ours, peer })];
}
