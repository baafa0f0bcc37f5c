/** Slurm may say up to a minute too early that a task's time is up. */
const earlyS = 60;

/**
 * Whether a task is told that its time is up only once it has had some: Slurm's
 * forms are minutes, minutes:seconds, hours:minutes:seconds, days-hours,
 * days-hours:minutes and days-hours:minutes:seconds.
 */
export function leavesTime(time: string | number, warnS: number): boolean {
  return secondsOf(`${time}`) > warnS + 2 * earlyS;
}

/** A time of Slurm in seconds. */
export function secondsOf(time: string): number {
  const [days, rest] = time.includes("-") ? time.split("-") : [null, time];
  const numbers = rest!.split(":").map(Number);
  const [hours = 0, minutes = 0, seconds = 0] = days !== null
    ? numbers
    : numbers.length === 3
    ? numbers
    : [0, ...numbers];
  return ((Number(days ?? 0) * 24 + hours) * 60 + minutes) * 60 + seconds;
}
