/**
 * Composes a planned Flink job from a definition: tables, queries, outputs, and stable operator ids
 * for savepoints.
 *
 * <p>Internal: public types are for other modules of Outflow and can change in any release.
 */
package dev.outflow.compose;
