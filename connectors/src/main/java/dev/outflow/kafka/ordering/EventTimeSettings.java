package dev.outflow.kafka.ordering;

import dev.outflow.kafka.silence.Silence;
import java.io.Serializable;

/**
 * The event-time options of a table.
 *
 * @param ordering how records are ordered if the watermark is {@code SOURCE_WATERMARK()}
 * @param hasOrderingOptions whether any option of {@code ordering} is set explicitly
 * @param silence how partitions without records are treated
 */
public record EventTimeSettings(EventOrdering ordering, boolean hasOrderingOptions, Silence silence)
    implements Serializable {}
