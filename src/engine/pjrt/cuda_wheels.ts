import type { Wheel } from "../setup/wheel.ts";

/**
 * What of the wheels a training step loads or runs. The plugin opens the
 * libraries by name, which its search path finds at `../../nvidia`, and cuDNN
 * those beside it; XLA runs `ptxas` and `nvlink` and reads `libdevice` from the
 * same place. Not among them, as nothing of ours needs them: cuFFT, cuSOLVER,
 * cuSPARSE, CUPTI (profiles), nvJitLink, NVSHMEM, the compilers.
 */
const needed = new RegExp(
  "/(xla_cuda_plugin\\.so" +
    "|lib(cudnn\\w*|cublas|cublasLt|cudart|nvrtc|nvrtc-builtins|nccl)" +
    "\\.so\\.[\\d.]+" +
    "|ptxas|nvlink|fatbinary|libdevice\\.10\\.bc)$",
);

/** For CUDA 13 on x86: the plugin, and what it needs. */
export const cuda13X86: readonly Wheel[] = [
  wheel(
    "jax-cuda13-pjrt 0.11.2 manylinux_2_27_x86_64",
    134_162_640,
    "e5ff589d43064913bb74027682d89639c7ea48f9f81c2bae6fc75117e913f93e",
  ),
  wheel(
    "nvidia-cudnn-cu13 9.19.0.56 manylinux_2_27_x86_64",
    366_066_321,
    "d20e1734305e9d68889a96e3f35094d733ff1f83932ebe462753973e53a572bf",
  ),
  // Not the versions before 13.2, which can spoil data on Blackwell cards.
  wheel(
    "nvidia-cublas 13.2.1.1 manylinux_2_27_x86_64",
    401_085_577,
    "8c13c93cf8be4480b4909905c96d2d31575b4af43fcd3af0e84af94762665e4f",
  ),
  wheel(
    "nvidia-cuda-nvrtc 13.0.88 manylinux2010_x86_64.manylinux_2_12_x86_64",
    90_215_200,
    "ad9b6d2ead2435f11cbb6868809d2adeeee302e9bb94bcf0539c7a40d80e8575",
  ),
  wheel(
    "nvidia-nvvm 13.0.88 manylinux2010_x86_64.manylinux_2_12_x86_64",
    61_601_415,
    "c5f41ffeb6466944a026dfa5317d7d85355c119bbec279205d22f1869d1054e0",
  ),
  wheel(
    "nvidia-cuda-nvcc 13.0.88 manylinux2014_x86_64.manylinux_2_17_x86_64",
    37_384_532,
    "56fe502eb77625a12f25172caa3cdddb4e4c8ba2c8c17dba44b164761b380f03",
  ),
  wheel(
    "nvidia-cuda-runtime 13.0.96 manylinux2014_x86_64.manylinux_2_17_x86_64",
    2_243_632,
    "7f82250d7782aa23b6cfe765ecc7db554bd3c2870c43f3d1821f1d18aebf0548",
  ),
];

/** For CUDA 13 on ARM, such as Grace Hopper. */
export const cuda13Arm: readonly Wheel[] = [
  wheel(
    "jax-cuda13-pjrt 0.11.2 manylinux_2_27_aarch64",
    128_788_047,
    "63b55e50e5c2583a25e196ba06b034b63d2b2d8ad4c2f17935652c8d3ad2dd2d",
  ),
  wheel(
    "nvidia-cudnn-cu13 9.19.0.56 manylinux_2_27_aarch64",
    433_781_201,
    "6ed29ffaee1176c612daf442e4dd6cfeb6a0caa43ddcbeb59da94953030b1be4",
  ),
  wheel(
    "nvidia-cublas 13.2.1.1 manylinux_2_27_aarch64",
    502_470_979,
    "8b4a4cd8b73772fde9ccaa1f3967eb001ae5fde8b1dc37f7442d072b64d6f5da",
  ),
  wheel(
    "nvidia-cuda-nvrtc 13.0.88 manylinux2014_aarch64.manylinux_2_17_aarch64",
    43_015_449,
    "d27f20a0ca67a4bb34268a5e951033496c5b74870b868bacd046b1b8e0c3267b",
  ),
  wheel(
    "nvidia-nvvm 13.0.88 manylinux2014_aarch64.manylinux_2_17_aarch64",
    59_234_185,
    "c4376a291d72d22a315d9d2f69bdae8f8cd83a627f75bad395cee49a0fe65dc1",
  ),
  wheel(
    "nvidia-cuda-nvcc 13.0.88 manylinux2014_aarch64.manylinux_2_17_aarch64",
    32_455_430,
    "c7ff28f86a24effdc6c034fa15230c549a273e4771b10a7fec14996f8cf3307f",
  ),
  wheel(
    "nvidia-cuda-runtime 13.0.96 manylinux2014_aarch64.manylinux_2_17_aarch64",
    2_261_060,
    "ef9bcbe90493a2b9d810e43d249adb3d02e98dd30200d86607d8d02687c43f55",
  ),
];

/** For CUDA 12 on x86, for drivers that are older. */
export const cuda12X86: readonly Wheel[] = [
  wheel(
    "jax-cuda12-pjrt 0.11.2 manylinux_2_27_x86_64",
    188_235_313,
    "2133b3afc63307c016ae4980f166b2b3de199759363ead74f7d550eaae953463",
  ),
  wheel(
    "nvidia-cudnn-cu12 9.19.0.56 manylinux_2_27_x86_64",
    657_906_812,
    "ac6ad90a075bb33a94f2b4cf4622eac13dd4dc65cf6dd9c7572a318516a36625",
  ),
  wheel(
    "nvidia-cublas-cu12 12.9.1.4 manylinux_2_27_x86_64",
    581_242_350,
    "453611eb21a7c1f2c2156ed9f3a45b691deda0440ec550860290dc901af5b4c2",
  ),
  wheel(
    "nvidia-cuda-nvrtc-cu12 12.9.86 manylinux2010_x86_64.manylinux_2_12_x86_64",
    89_568_129,
    "210cf05005a447e29214e9ce50851e83fc5f4358df8b453155d5e1918094dcb4",
  ),
  wheel(
    "nvidia-cuda-nvcc-cu12 12.9.86 manylinux2010_x86_64.manylinux_2_12_x86_64",
    40_546_229,
    "5d6a0d32fdc7ea39917c20065614ae93add6f577d840233237ff08e9a38f58f0",
  ),
  wheel(
    "nvidia-cuda-runtime-cu12 12.9.79 " +
      "manylinux2014_x86_64.manylinux_2_17_x86_64",
    3_493_179,
    "25bba2dfb01d48a9b59ca474a1ac43c6ebf7011f1b0b8cc44f54eb6ac48a96c3",
  ),
];

/** What several cards add up gradients by, as `build architecture`. */
export const nccl: Readonly<
  Record<string, { readonly wheel: Wheel; readonly diskBytes: number }>
> = {
  "pjrt-cuda13 x86_64": {
    wheel: wheel(
      "nvidia-nccl-cu13 2.28.9 manylinux_2_18_x86_64",
      196_493_177,
      "e4553a30f34195f3fa1da02a6da3d6337d28f2003943aa0a3d247bbc25fefc42",
    ),
    diskBytes: 217_995_896,
  },
  "pjrt-cuda13 aarch64": {
    wheel: wheel(
      "nvidia-nccl-cu13 2.28.9 manylinux_2_18_aarch64",
      196_561_677,
      "01c873ba1626b54caa12272ed228dc5b2781545e0ae8ba3f432a8ef1c6d78643",
    ),
    diskBytes: 219_355_704,
  },
  "pjrt-cuda12 x86_64": {
    wheel: wheel(
      "nvidia-nccl-cu12 2.28.9 manylinux_2_18_x86_64",
      296_782_137,
      "485776daa8447da5da39681af455aa3b2c2586ddcf4af8772495e7c532c7e5ab",
    ),
    diskBytes: 400_796_408,
  },
};

/** A wheel from its project, version and tags. */
function wheel(name: string, bytes: number, sha256: string): Wheel {
  const [project, version, tags] = name.split(" ") as [string, string, string];
  return {
    project,
    version,
    file: `${project.replaceAll("-", "_")}-${version}-py3-none-${tags}.whl`,
    platform: tags.split(".")[0]!,
    bytes,
    sha256,
    placeOf: (path) => needed.test(path) ? path : null,
  };
}
