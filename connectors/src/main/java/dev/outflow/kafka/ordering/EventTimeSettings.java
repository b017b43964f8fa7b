package dev.outflow.kafka.ordering;

import java.io.Serializable;
import java.time.Duration;

/**
 * The event-time options of a table.
 *
 * @param ordering how records are ordered if the watermark is {@code SOURCE_WATERMARK()}
 * @param hasOrderingOptions whether any option of {@code ordering} is set explicitly
 * @param idleAfter how long a partition without records holds back the watermark; null for no limit
 */
public record EventTimeSettings(
    EventOrdering ordering, boolean hasOrderingOptions, Duration idleAfter)
    implements Serializable {}
