/**
 * Reads the files of Event Hubs Capture as a Kafka input reads the event hub.
 *
 * <p>Public API: the options of {@code 'connector' = 'event-hubs-capture'}, listed in {@link
 * dev.outflow.capture.EventHubsCaptureOptions}. The other types are internal.
 */
package dev.outflow.capture;
