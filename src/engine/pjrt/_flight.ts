import type { DeviceBuffer } from "./buffer.ts";
import type { Client } from "./client.ts";
import type { Event } from "./event.ts";

/**
 * Work of devices that is under way. It holds the buffers that the work reads
 * or writes, so that none is destroyed before its end.
 */
export class Flight {
  #client: Client;
  #events: readonly Event[];
  #buffers: readonly DeviceBuffer[];
  #done: Promise<void> | null = null;
  #hasLanded = false;

  /** Holds buffers until all events have happened. */
  constructor(
    client: Client,
    { events, buffers }: {
      events: readonly Event[];
      buffers: readonly DeviceBuffer[];
    },
  ) {
    this.#client = client;
    this.#events = events;
    this.#buffers = buffers;
    for (const buffer of buffers) buffer.hold();
    client.objects.flights.add(this);
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
    this.#client.objects.flights.delete(this);
    for (const buffer of this.#buffers) buffer.release();
  }
}
