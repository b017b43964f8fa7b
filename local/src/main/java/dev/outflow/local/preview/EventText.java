package dev.outflow.local.preview;

import java.time.Duration;
import java.util.Optional;

/** Bad and late rows as one line for people. */
final class EventText {
  private EventText() {}

  static String of(PreviewEvent event) {
    if (event instanceof PreviewEvent.BadRecord bad) {
      return "bad record of input %s, topic %s, partition %d, offset %d: %s: %s%s"
          .formatted(
              bad.input(),
              bad.topic(),
              bad.partition(),
              bad.offset(),
              bad.code(),
              column(bad.column()),
              bad.reason());
    } else if (event instanceof PreviewEvent.BadRow bad) {
      return "bad row of output %s: %s".formatted(bad.output(), bad.problem());
    } else if (event instanceof PreviewEvent.LateRow late) {
      return "late row of input %s, event time %s, %d ms behind the watermark: %s"
          .formatted(
              late.input(),
              late.time(),
              Duration.between(late.time(), late.watermark()).toMillis(),
              late.row());
    }
    throw new IllegalArgumentException("a good row has no line of text");
  }

  private static String column(Optional<String> name) {
    return name.map("column '%s': "::formatted).orElse("");
  }
}
