import {
  type BenchOptions,
  type BenchRow,
  benchRow,
  fastest,
  runOurs,
  runPeer,
} from "./harness.ts";

/**
 * The forward pass on 24×256×256 against PyTorch: the same network, 2 threads,
 * the best of PyTorch's two layouts and of batch sizes 1 and 2, per patch.
 */
export function bench(options: BenchOptions): BenchRow[] {
  const args = ["--filters", "32,64,96,128,160", "--steps", "3"];
  const peers = [1, 2].flatMap((batch) =>
    ["default", "channels_last"].map((layout) => {
      const measured = runPeer(options, {
        script: "peer_train.py",
        args: [
          "infer",
          ...args,
          "--shape",
          `${batch},24,256,256`,
          "--layout",
          layout,
        ],
      });
      return measured && { ...measured, ms: measured.ms / batch };
    })
  );
  const ours = runOurs("our_step.ts", [
    "--mode",
    "infer",
    ...args,
    "--shape",
    "1,24,256,256",
  ]);
  return [
    benchRow("N1 forward pass of 24×256×256, fp32", {
      ours,
      peer: fastest(peers),
    }),
  ];
}
