/**
 * Text in the headers of records. Public API: the option {@code header-encoding}. The other types
 * are internal.
 */
package dev.outflow.kafka.header;
