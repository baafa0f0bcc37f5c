import {
  type BenchOptions,
  type BenchRow,
  benchRow,
  runOurs,
} from "./harness.ts";

const chains = [[1], [1, 2], [1, 2, 4], [1, 2, 4, 8]];

const cases = [
  {
    what: "32 channels on 1×16×128×128, fp32",
    args: [],
  },
  {
    what: "32 channels on 1×16×128×128, bf16",
    args: ["--bf16"],
  },
  {
    what: "64 channels on 1×16×64×64, fp32",
    args: ["--channels", "64", "--shape", "1,16,64,64"],
  },
  {
    what: "8 channels on 1×4×48×48, embedded engine",
    args: [
      ...["--engine", "embedded", "--channels", "8"],
      ...["--shape", "1,4,48,48", "--steps", "3"],
    ],
  },
];

/**
 * The report's dilated block (N2), forward and backward, against itself with
 * every dilation 1: as many multiply-adds, on the same engine. The latter
 * stands in the peer's columns.
 */
export function bench(_options: BenchOptions): BenchRow[] {
  return cases.map(({ what, args }) => {
    const measure = (chains: number[][]) =>
      runOurs("our_dilation.ts", [...args, "--chains", JSON.stringify(chains)]);
    const flat = chains.map((chain) => chain.map(() => 1));
    return benchRow(`dilated block (peer: undilated), ${what}`, {
      ours: measure(chains),
      peer: measure(flat),
    });
  });
}
