import type { Landing, Owner } from "./_objects.ts";
import type { Event } from "./event.ts";

/** What must not be destroyed while work needs it. */
export interface Held {
  /** Marks that work under way needs it. */
  hold(): void;
  /** Takes a mark back. */
  release(): void;
}

/**
 * Work of devices that is under way. It holds the buffers that the work reads
 * or writes, so that none is destroyed before its end.
 */
export class Flight implements Landing {
  #owner: Owner;
  #events: readonly Event[];
  #buffers: readonly Held[];
  #done: Promise<void> | null = null;
  #hasLanded = false;

  /** Holds buffers until all events have happened. */
  constructor(
    owner: Owner,
    { events, buffers }: {
      events: readonly Event[];
      buffers: readonly Held[];
    },
  ) {
    this.#owner = owner;
    this.#events = events;
    this.#buffers = buffers;
    for (const buffer of buffers) buffer.hold();
    owner.objects.flights.add(this);
  }

  /** Whether all of it is over. */
  get isReady(): boolean {
    return this.#events.every((event) => event.isReady);
  }

  /** Settles when all of it is over, with the first failure if there was one. */
  get done(): Promise<void> {
    if (!this.#done) {
      this.#done = this.#awaitAside();
      this.#done.catch(() => {});
    }
    return this.#done;
  }

  /** Blocks until all of it is over; throws the first failure. */
  wait(): void {
    const failures: unknown[] = [];
    for (const event of this.#events) {
      try {
        event.wait();
      } catch (error) {
        failures.push(error);
      }
    }
    this.#land();
    if (failures.length > 0) throw failures[0];
  }

  /** Lets go of the buffers of work that is over, keeping a failure for later. */
  collect(): void {
    try {
      this.wait();
    } catch { /* whoever asks for `done` hears of it */ }
  }

  async #awaitAside(): Promise<void> {
    const outcomes = await Promise.allSettled(
      this.#events.map((event) => event.done),
    );
    this.#land();
    const failure = outcomes.find(({ status }) => status === "rejected");
    if (failure?.status === "rejected") throw failure.reason;
  }

  #land(): void {
    if (this.#hasLanded) return;
    this.#hasLanded = true;
    this.#owner.objects.flights.delete(this);
    for (const buffer of this.#buffers) buffer.release();
  }
}
