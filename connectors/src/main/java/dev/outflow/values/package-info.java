/**
 * Chooses Outflow's own implementations of formats; what they do not cover stays with Flink's.
 *
 * <p>Internal.
 */
package dev.outflow.values;
