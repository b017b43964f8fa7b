/**
 * What all Kafka tables share: the connection and its client properties, topics and their settings,
 * the explanation of broker failures, and the compatibility check of the cluster.
 *
 * <p>Internal; for use by the modules of Outflow only.
 */
package dev.outflow.kafka;
