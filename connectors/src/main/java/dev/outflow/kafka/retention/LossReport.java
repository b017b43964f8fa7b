package dev.outflow.kafka.retention;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Describes lost records to operators.
 *
 * @param input the input's name
 */
record LossReport(String input, List<LostInput> losses) {
  private static final int LISTED = 10;

  /** Returns the message that ends the job. */
  String failure() {
    return "%s. Write these records again if you can, and restart the job from its last checkpoint with 'on-lost-input' = 'continue', which resumes at the first record that is left"
        .formatted(this);
  }

  /** Returns the message of a job that continues. */
  String resumption() {
    return "%s; resuming at %s"
        .formatted(
            this,
            list(
                losses.stream()
                    .map(lost -> "offset %d of %s".formatted(lost.resume(), lost.partition()))
                    .toList(),
                ", "));
  }

  @Override
  public String toString() {
    return "input '%s': records are lost: %s"
        .formatted(input, list(losses.stream().map(LostInput::toString).toList(), "; "));
  }

  private static String list(List<String> texts, String separator) {
    String listed = texts.stream().limit(LISTED).collect(Collectors.joining(separator));
    return texts.size() > LISTED
        ? "%s%s%d more partitions".formatted(listed, separator, texts.size() - LISTED)
        : listed;
  }
}
