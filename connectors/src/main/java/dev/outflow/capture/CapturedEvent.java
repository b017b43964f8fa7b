package dev.outflow.capture;

import java.io.IOException;
import org.apache.flink.core.fs.Path;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * An event of a file of Event Hubs Capture, or the reason why the rest of the file cannot be read.
 * Reasons are passed on like events, because Flink can miss an exception of the thread that reads
 * files while its task waits, which then waits forever.
 *
 * @param file the file, for messages
 * @param event the event as a Kafka client reads it from the event hub; its offset is the sequence
 *     number. Null if there is a failure
 * @param failure null if there is an event
 */
record CapturedEvent(Path file, ConsumerRecord<byte[], byte[]> event, IOException failure) {}
