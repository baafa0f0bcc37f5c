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
/** gunpowder's CREMI example: DefectAugment with a source of artifacts. */
const defect = {
  type: "defect",
  probMissing: 0.03,
  probLowContrast: 0.01,
  probArtifact: 0.03,
  probDeform: 0,
  contrastScale: 0.1,
  artifacts: {
    type: "file",
    file: "artifacts.hdf",
    augmentGrey: [intensity],
    augment: [
      { ...elastic, probSlip: 0, probShift: 0, subsample: 8 },
      { ...simple, flipZ: 0 },
    ],
  },
};
const simard = { type: "simard", mode: "smooth" };

const gunpowder = "gunpowder 1.4.4";

/** What is compared; `peer` says what the other side does where it differs. */
const cases = [
  { what: "no augmentation", ours: [], against: gunpowder },
  { what: "simple", ours: [simple], against: gunpowder },
  { what: "intensity by section", ours: [intensity], against: gunpowder },
  { what: "grey", ours: [{ type: "grey" }], against: "the formula in numpy" },
  { what: "defect", ours: [defect], against: gunpowder },
  { what: "elastic", ours: [elastic], against: gunpowder },
  { what: "elastic at subsample 4", ours: [elastic4], against: gunpowder },
  {
    what: "Simard's, a field smooth in 3-D",
    ours: [simard],
    against: "the report's by scipy",
  },
  {
    what: "Simard's, a field for all sections",
    ours: [{ type: "simard" }],
    peer: [simard],
    against: "the report's by scipy",
  },
  {
    what: "elastic without turn and slips",
    ours: [{ ...bent, probSlip: 0, probShift: 0 }],
    peer: [simard],
    against: "the report's Simard by scipy",
  },
  {
    what: "elastic, simple, intensity and defect",
    ours: [elastic, simple, intensity, defect],
    against: gunpowder,
  },
  {
    what: "elastic at subsample 4, simple, intensity and defect",
    ours: [elastic4, simple, intensity, defect],
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
    return benchRow(`${what}, patch of 16×160×160, against ${against}`, {
      ours: runOurs("our_augment.ts", [JSON.stringify(ours), `${seconds}`]),
      peer: runPeer(options, {
        script: "peer_augment.py",
        args: [
          JSON.stringify(peer),
          `${isSlow ? 2 * seconds : seconds}`,
        ],
      }),
    });
  });
}
