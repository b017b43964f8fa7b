/**
 * The options that all Kafka tables share, defaults of format options, and the resolution of
 * references in options.
 *
 * <p>The option names are public API (see {@code conf/job.schema.json}); the classes are internal.
 */
package dev.outflow.kafka.option;
