import {
  type BenchOptions,
  type BenchRow,
  benchRow,
  runOurs,
  runPeer,
} from "./harness.ts";

/**
 * What training N1 on the report's patch takes, with features kept and with
 * blocks computed again in the backward pass (Chen et al. 2016), against
 * PyTorch doing the same (`torch.utils.checkpoint` around each block) in the
 * layout that is faster on one patch.
 */
export function bench(options: BenchOptions): BenchRow[] {
  const args = ["--filters", "32,64,96,128,160", "--shape", "1,24,256,256"];
  const all = [...args, "--steps", "1"];
  return [false, true].map((recompute) => {
    const model = JSON.stringify({ recompute });
    const peer = recompute ? ["--checkpoint"] : [];
    return benchRow(
      `N1, step of 1×24×256×256, ${recompute ? "recomputed" : "kept"}`,
      {
        ours: runOurs("our_step.ts", [...all, "--model", model]),
        peer: runPeer(options, {
          script: "peer_train.py",
          args: [
            ...["train", ...all, "--layout", "channels_last"],
            ...peer,
          ],
        }),
      },
    );
  });
}
