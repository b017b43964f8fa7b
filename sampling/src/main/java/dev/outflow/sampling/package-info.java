/**
 * Samples of Kafka topics: the records that a client reads without a consumer group, and the rows
 * that they become.
 *
 * <p>Internal: public types are for other modules of Outflow and can change in any release.
 */
package dev.outflow.sampling;
