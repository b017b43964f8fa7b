package dev.outflow.kafka.ordering;

import java.io.Serializable;
import java.time.Duration;

/**
 * What a table's options say about its event time.
 *
 * @param ordering applies if the table's watermark is {@code SOURCE_WATERMARK()}
 * @param idleAfter how long a partition without records holds time back; null for ever
 */
public record EventTimeSettings(EventOrdering ordering, Duration idleAfter)
    implements Serializable {}
