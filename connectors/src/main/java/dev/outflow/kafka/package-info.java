/**
 * Shared by all Kafka tables: connections and client properties, topics and their settings,
 * explanations of broker failures, and the compatibility check of the cluster.
 *
 * <p>Internal; for use by the modules of Outflow only.
 */
package dev.outflow.kafka;
