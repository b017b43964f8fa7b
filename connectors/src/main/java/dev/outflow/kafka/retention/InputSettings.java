package dev.outflow.kafka.retention;

import dev.outflow.kafka.TopicSubscription;
import java.io.Serializable;

/**
 * What the loss detection of an input needs to know.
 *
 * @param alias the input's name
 * @param topics the topics that it reads
 * @param onLost how lost records are handled
 */
public record InputSettings(String alias, TopicSubscription topics, OnLostInput onLost)
    implements Serializable {}
