import {
  type BenchOptions,
  type BenchRow,
  benchRow,
  fastest,
  runOurs,
  runPeer,
} from "./harness.ts";

const networks = [
  {
    what: "N1 (5.9 M parameters), step of 1×16×128×128",
    args: ["--filters", "32,64,96,128,160", "--shape", "1,16,128,128"],
  },
  {
    what: "small residual U-Net (0.37 M parameters), step of 2×8×96×96",
    args: ["--filters", "8,16,24,32,40", "--shape", "2,8,96,96"],
  },
];

/**
 * A training step (forward, backward, Adam with amsgrad) against PyTorch: the
 * same network and loss, 2 threads, the better of PyTorch's two layouts.
 */
export function bench(options: BenchOptions): BenchRow[] {
  return networks.flatMap(({ what, args }) =>
    ["fp32", "bf16"].map((precision) => {
      const all = [...args, "--precision", precision, "--steps", "8"];
      const peers = ["default", "channels_last"].map((layout) =>
        runPeer(options, {
          script: "peer_train.py",
          args: ["train", ...all, "--layout", layout],
        })
      );
      const ours = runOurs("our_step.ts", ["--mode", "train", ...all]);
      return benchRow(`${what}, ${precision}`, { ours, peer: fastest(peers) });
    })
  );
}
