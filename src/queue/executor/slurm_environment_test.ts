import { deepStrictEqual } from "node:assert/strict";
import { exported, ofThisJob } from "./_slurm_environment.ts";

Deno.test("exported() hands on paths of libraries that Slurm can take", () => {
  deepStrictEqual(exported({ PATH: "/bin", LD_PRELOAD: "" }), []);
  deepStrictEqual(
    exported({ LD_LIBRARY_PATH: "/a:/b c", LD_PRELOAD: "x,y" }),
    ["--export=ALL,LD_LIBRARY_PATH=/a:/b c"],
  );
});

Deno.test("ofThisJob() names what a job submitted from this one must not inherit", () => {
  const shell = { SLURM_CONF: "/etc/slurm.conf", CUDA_VISIBLE_DEVICES: "1" };
  deepStrictEqual(ofThisJob(shell), []);
  deepStrictEqual(
    ofThisJob({
      ...{ ...shell, SLURM_JOB_ID: "7", SLURM_MEM_PER_NODE: "100" },
      ...{ SLURMD_NODENAME: "a", SBATCH_ACCOUNT: "neuro", HOME: "/" },
    }),
    [
      ...["CUDA_VISIBLE_DEVICES", "SLURM_JOB_ID", "SLURM_MEM_PER_NODE"],
      "SLURMD_NODENAME",
    ],
  );
});
