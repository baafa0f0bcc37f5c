/** How many steps a training has and when something is due. */
export interface PlanSteps {
  /** Steps in all. */
  readonly total: number;
  /** Steps between two checkpoints; one is written after the last step too. */
  readonly save: number;
  /** Steps between two validations; one follows the last step too. */
  readonly validate: number;
}

/** Turns counts of samples into counts of steps, rounded up. */
export function planSteps(
  { volumeTotal, volumeSave, validateEvery, batch }: {
    readonly volumeTotal: number;
    readonly volumeSave: number;
    readonly validateEvery: number;
    readonly batch: number;
  },
): PlanSteps {
  return {
    total: Math.ceil(volumeTotal / batch),
    save: Math.ceil(volumeSave / batch),
    validate: Math.ceil(validateEvery / batch),
  };
}
