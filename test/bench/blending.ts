import {
  type BenchOptions,
  type BenchRow,
  benchRow,
  checkAgreement,
  fastest,
  runOurs,
  runPeer,
} from "./harness.ts";

/**
 * A volume of 20×1024×704 predicted and blended with the small network, tiles of
 * 8×96×96 that overlap by half, two threads, against a sliding window of PyTorch
 * in the better of its two layouts and the best of three batch sizes.
 *
 * @throws {Error} If the two sides come to different probabilities.
 */
export function bench(options: BenchOptions): BenchRow[] {
  const args = ["--filters", "8,16,24,32,40", "--shape", "20,1024,704"];
  const peers = ["default", "channels_last"].flatMap((layout) =>
    [1, 4, 16].map((batch) =>
      runPeer(options, {
        script: "peer_blending.py",
        args: [...args, "--layout", layout, "--batch", `${batch}`],
      })
    )
  );
  const what = "small U-Net, 20×1024×704 blended, against PyTorch";
  const ours = runOurs("our_blending.ts", args);
  const peer = fastest(peers);
  checkAgreement(what, { ours, peer, within: 1e-5 });
  return [benchRow(what, { ours, peer })];
}
