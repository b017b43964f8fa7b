/**
 * Process table functions over time: they read rows in the order of event time, and keep no more
 * than a duration of them. Two of them detect anomalies. {@link
 * dev.outflow.functions.OutflowModule} names them.
 */
package dev.outflow.functions.temporal;
