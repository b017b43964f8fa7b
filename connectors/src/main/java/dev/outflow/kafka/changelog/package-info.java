/**
 * The changelog of an upsert input: the row that an update or deletion replaces, from state. All of
 * it is internal.
 */
package dev.outflow.kafka.changelog;
