import { type Build, TENSORFLOW_VERSION } from "./place.ts";

/** A file of the Python package index, and what of it the engine needs. */
export interface Wheel {
  /** The project it belongs to. */
  readonly project: string;
  /** Its version. */
  readonly version: string;
  /** The file's name. */
  readonly file: string;
  /** The platform tag pip finds it by. */
  readonly platform: string;
  /** The file's size. */
  readonly bytes: number;
  /** The file's SHA-256. */
  readonly sha256: string;
  /** Where a file inside it belongs in the build's folder; null to leave it out. */
  placeOf(path: string): string | null;
}

/** What a build of the library consists of. */
export interface Bill {
  /** What to download. */
  readonly wheels: readonly Wheel[];
  /** What it takes on the disk once unpacked. */
  readonly diskBytes: number;
}

/** The machines a build exists for, as `build os architecture`. */
const bills: Readonly<Record<string, Bill>> = {
  "cpu linux x86_64": {
    wheels: [{
      project: "tensorflow-cpu",
      version: TENSORFLOW_VERSION,
      file: "tensorflow_cpu-2.21.0-cp312-cp312-manylinux_2_27_x86_64.whl",
      platform: "manylinux_2_27_x86_64",
      bytes: 274_000_871,
      sha256:
        "dcc8afd32930e42d5296b6ee19078b773706830af4ea97fbe503b9f5e0f820cb",
      placeOf: libraryPlace,
    }],
    diskBytes: 853_308_936,
  },
  "cpu linux aarch64": {
    wheels: [{
      project: "tensorflow",
      version: TENSORFLOW_VERSION,
      file: "tensorflow-2.21.0-cp312-cp312-manylinux_2_27_aarch64.whl",
      platform: "manylinux_2_27_aarch64",
      bytes: 281_946_471,
      sha256:
        "b07d15737406533898e36c7ef7944b1be18e9028dc521b9229952c537bbc5552",
      placeOf: libraryPlace,
    }],
    diskBytes: 883_062_208,
  },
  "gpu linux x86_64": {
    wheels: [
      {
        project: "tensorflow",
        version: TENSORFLOW_VERSION,
        file: "tensorflow-2.21.0-cp312-cp312-manylinux_2_27_x86_64.whl",
        platform: "manylinux_2_27_x86_64",
        bytes: 572_611_111,
        sha256:
          "b3b95643c4e70eb925839938fb35cbe142f317ec84af6844ee61513713bb13c0",
        placeOf: libraryPlace,
      },
      // The versions TensorFlow 2.21 was built with: the lowest of its extra
      // "and-cuda".
      nvidia(
        "cublas_cu12",
        "12.5.3.2",
        363_313_169,
        "ca070ad70e9fa6654084575d01bd001f30cc4665e33d4bb9fc8e0f321caa034b",
      ),
      nvidia(
        "cuda_cupti_cu12",
        "12.5.82",
        13_811_507,
        "bde77a5feb66752ec61db2adfe47f56b941842825b4c7e2068aff27c9d107953",
      ),
      nvidia(
        "cuda_nvcc_cu12",
        "12.5.82",
        22_468_537,
        "b03e545b8e8c3ce7ebcd7fc44063180ff52ff01d064ece2127ed90a04ef12cd0",
      ),
      nvidia(
        "cuda_nvrtc_cu12",
        "12.5.82",
        24_873_108,
        "3dbd97b0104b4bfbc3c4f8c79cd2496307c89c43c29a9f83125f1d76296ff3fd",
      ),
      nvidia(
        "cuda_runtime_cu12",
        "12.5.82",
        895_707,
        "3e79a060e126df40fd3a068f3f787eb000fa51b251ec6cd97d09579632687115",
      ),
      nvidia(
        "cudnn_cu12",
        "9.3.0.75",
        577_163_502,
        "9ad9c6929ebb5295eb4a1728024666d1c88283373e265a0c5c883e6f9d5cd76d",
      ),
      nvidia(
        "cufft_cu12",
        "11.2.3.61",
        192_524_114,
        "9a6e8df162585750f61983a638104a48c756aa13f9f48e19ab079b38e3c828b8",
      ),
      nvidia(
        "curand_cu12",
        "10.3.6.82",
        56_309_107,
        "2823fb27de4e44dbb22394a6adf53aa6e1b013aca0f8c22867d1cfae58405536",
      ),
      nvidia(
        "cusolver_cu12",
        "11.6.3.83",
        130_341_232,
        "93cfafacde4428b71778eeb092ec615a02a3d05404da1bcf91c53e3fa1bce42b",
      ),
      nvidia(
        "cusparse_cu12",
        "12.5.1.3",
        217_558_979,
        "016df8e993c437e8301e62739f01775cba988fd5253cd4c64173f8e8d2f8e752",
      ),
      nvidia(
        "nccl_cu12",
        "2.27.7",
        322_546_339,
        "de5ba5562f08029a19cb1cd659404b18411ed0d6c90ac5f52f30bf99ad5809aa",
        "manylinux2014_x86_64.manylinux_2_17_x86_64",
      ),
      nvidia(
        "nvjitlink_cu12",
        "12.5.82",
        21_298_879,
        "f9b37bc5c8cf7509665cb6ada5aaa0ce65618f2332b7d3e78e9790511f111212",
      ),
    ],
    diskBytes: 4_241_781_792,
  },
};

/** What a build needs on this machine, or null where there is none. */
export function billOf(
  build: Build,
  { os, arch }: { os: string; arch: string } = Deno.build,
): Bill | null {
  return bills[`${build} ${os} ${arch}`] ?? null;
}

/** TensorFlow's two libraries, which stay beside each other. */
function libraryPlace(path: string): string | null {
  return /^tensorflow\/libtensorflow_(cc|framework)\.so\.2$/.test(path)
    ? path
    : null;
}

/** A wheel of NVIDIA's libraries, which TensorFlow's look for at `../nvidia`. */
function nvidia(
  name: string,
  version: string,
  bytes: number,
  sha256: string,
  tags = "manylinux2014_x86_64",
): Wheel {
  return {
    project: `nvidia-${name.replaceAll("_", "-")}`,
    version,
    file: `nvidia_${name}-${version}-py3-none-${tags}.whl`,
    platform: "manylinux2014_x86_64",
    bytes,
    sha256,
    placeOf: (path) =>
      /^nvidia\/\w+\/(lib|bin|nvvm)\/.*[^/]$/.test(path) &&
        !path.endsWith(".a")
        ? path
        : null,
  };
}
