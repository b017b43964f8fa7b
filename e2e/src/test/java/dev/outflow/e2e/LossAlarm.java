package dev.outflow.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A message that records of an input are lost.
 *
 * @param text the message, without time and thread
 */
record LossAlarm(String text) {
  private static final Pattern MESSAGE = Pattern.compile("input '\\S+': records are lost: .*");
  private static final Pattern DELETED = Pattern.compile("offsets (\\d+) to (\\d+) \\(");
  private static final Pattern ALL_FROM = Pattern.compile("with its records from offset (\\d+) on");

  /** Returns the alarms about a topic in these processes' logs, except those already known. */
  static List<LossAlarm> in(Collection<JavaProcess> processes, String topic, Set<String> known) {
    return processes.stream()
        .flatMap(process -> messages(process.command().log()))
        .filter(message -> message.contains(topic) && !known.contains(message))
        .distinct()
        .map(LossAlarm::new)
        .toList();
  }

  private static Stream<String> messages(Path log) {
    if (!Files.exists(log)) {
      return Stream.of();
    }
    try {
      return MESSAGE.matcher(Files.readString(log)).results().map(found -> found.group());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the offsets that it says are lost of a topic with this many records. */
  IntStream numbers(int written) {
    Matcher deleted = DELETED.matcher(text);
    if (deleted.find()) {
      return IntStream.rangeClosed(
          Integer.parseInt(deleted.group(1)), Integer.parseInt(deleted.group(2)));
    }
    Matcher all = ALL_FROM.matcher(text);
    return all.find()
        ? IntStream.range(Integer.parseInt(all.group(1)), written)
        : IntStream.empty();
  }
}
