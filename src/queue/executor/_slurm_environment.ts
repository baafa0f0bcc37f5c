/** Variables by name. */
type Environment = Readonly<Record<string, string>>;

/**
 * That tasks get the paths of libraries, with which no program can be started
 * from here. A comma would begin the next variable.
 */
export function exported(
  environment: Environment,
): readonly string[] {
  const paths = Object.entries(environment).filter(([name, value]) =>
    name.startsWith("LD_") && value !== "" && !value.includes(",")
  );
  if (paths.length === 0) return [];
  const texts = paths.map(([name, value]) => `${name}=${value}`);
  return [`--export=${["ALL", ...texts].join(",")}`];
}

/** What Slurm sets in a job besides what begins with its name. */
const cards = new Set([
  ...["CUDA_VISIBLE_DEVICES", "GPU_DEVICE_ORDINAL", "ROCR_VISIBLE_DEVICES"],
  "ZE_AFFINITY_MASK",
]);

/** What users set for Slurm's programs. */
const users = new Set(["SLURM_CONF", "SLURM_CONF_SERVER", "SLURM_JWT"]);

/**
 * The variables that Slurm has set for the job that this process is of, if any: one
 * that it submits would inherit them, and have cards, memory and processors of this.
 */
export function ofThisJob(environment: Environment): readonly string[] {
  if (environment["SLURM_JOB_ID"] === undefined) return [];
  return Object.keys(environment).filter((name) =>
    /^SLURMD?_/.test(name) && !users.has(name) || cards.has(name)
  );
}
