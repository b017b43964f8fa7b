/**
 * Event ordering by the rules of Azure Stream Analytics: adjusts or drops late, early and
 * out-of-order records per partition, and generates the matching watermarks. Public API: the
 * options {@code event-time.*}. The types are internal.
 */
package dev.outflow.kafka.ordering;
