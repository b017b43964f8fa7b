package dev.outflow.kafka.retention;

import java.io.Serializable;
import java.util.List;

/**
 * What the loss detection of an input needs to know.
 *
 * @param alias the input's name
 * @param topics the topics that it reads
 * @param onLost how lost records are handled
 */
public record InputSettings(String alias, List<String> topics, OnLostInput onLost)
    implements Serializable {
  public InputSettings {
    topics = List.copyOf(topics);
  }
}
