/**
 * Bad records: error codes, error policy, metrics and logs, and the headers of dead letters.
 *
 * <p>Public API are the names of codes, headers and metrics; the classes are internal.
 */
package dev.outflow.kafka.error;
