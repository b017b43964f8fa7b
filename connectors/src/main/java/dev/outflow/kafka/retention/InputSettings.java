package dev.outflow.kafka.retention;

import java.io.Serializable;

/**
 * What the loss detection of an input needs to know.
 *
 * @param alias the input's name
 * @param topic its only topic
 * @param onLost how lost records are handled
 */
public record InputSettings(String alias, String topic, OnLostInput onLost)
    implements Serializable {}
