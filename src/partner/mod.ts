/**
 * Synaptic partners: which neuron talks to which.
 *
 * @module
 */
export * from "./score.ts";
