import {
  type BenchOptions,
  type BenchRow,
  benchRow,
  runOurs,
  runPeer,
} from "./harness.ts";

const simple = { type: "simple" };
const intensity = { type: "intensity" };
const bent = {
  type: "elastic",
  controlPointSpacing: [4, 40, 40],
  jitterSigma: [0, 2, 2],
};
const elastic = {
  ...bent,
  rotationInterval: [0, Math.PI / 2],
  probSlip: 0.05,
  probShift: 0.05,
  maxMisalign: 25,
  subsample: 1,
};
const elastic4 = { ...elastic, subsample: 4 };

const gunpowder = "gunpowder 1.4.4";

/** What is compared; `peer` says what the other side does where it differs. */
const cases = [
  { what: "no augmentation", ours: [], against: gunpowder },
  { what: "simple", ours: [simple], against: gunpowder },
  { what: "intensity by section", ours: [intensity], against: gunpowder },
  { what: "grey", ours: [{ type: "grey" }], against: "the formula in numpy" },
  { what: "elastic", ours: [elastic], against: gunpowder },
  { what: "elastic at subsample 4", ours: [elastic4], against: gunpowder },
  {
    what: "elastic without turn and slips",
    ours: [{ ...bent, probSlip: 0, probShift: 0 }],
    peer: [{ type: "simard" }],
    against: "Simard's elastic by scipy",
  },
  {
    what: "elastic, simple and intensity",
    ours: [elastic, simple, intensity],
    against: gunpowder,
  },
  {
    what: "elastic at subsample 4, simple and intensity",
    ours: [elastic4, simple, intensity],
    against: gunpowder,
  },
] as const;

/**
 * Patches of 16×160×160 with labels, from a volume in memory, on one thread:
 * milliseconds a patch, reading included on both sides.
 */
export function bench(options: BenchOptions): BenchRow[] {
  const { seconds = 1 } = options;
  return cases.map(({ what, against, ours, ...rest }) => {
    const peer = "peer" in rest ? rest.peer : ours;
    // The nodes that take half a second a patch need longer rounds.
    const isSlow = peer.some((entry) =>
      "subsample" in entry && entry.subsample === 1
    );
    return benchRow(
      `${what}, patch of 16×160×160, against ${against}`,
      runOurs("our_augment.ts", [JSON.stringify(ours), `${seconds}`]),
      runPeer(options, "peer_augment.py", [
        JSON.stringify(peer),
        `${isSlow ? 2 * seconds : seconds}`,
      ]),
    );
  });
}
