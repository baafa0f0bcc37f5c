/**
 * SHA-256 of files of the challenge by their name, as far as others publish it:
 * the labelled volumes as torch-em fetches them
 * (github.com/constantinpape/torch-em, `electron_microscopy/cremi.py`). The
 * hashes of the rest are recorded when they are first seen.
 */
export const knownHashes: Readonly<Record<string, string>> = {
  "sample_A_20160501.hdf":
    "4c563d1b78acb2bcfb3ea958b6fe1533422f7f4a19f3e05b600bfa11430b510d",
  "sample_B_20160501.hdf":
    "887e85521e00deead18c94a21ad71f278d88a5214c7edeed943130a1f4bb48b8",
  "sample_C_20160501.hdf":
    "2874496f224d222ebc29d0e4753e8c458093e1d37bc53acd1b69b19ed1ae7052",
};
