package dev.outflow.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Compares the records that a {@link CountedJob} committed with the numbers that were sent. */
final class OutputVerifier {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<Integer, Integer> timesCopied = new HashMap<>();
  private final Map<Integer, Integer> lastOfDevice = new HashMap<>();
  private final Map<Window, Result> results = new HashMap<>();
  private final Findings.Problems problems = new Findings.Problems();

  /** One second of a device. */
  private record Window(int device, int second) {
    static Window of(int number) {
      return new Window(number % NumberStream.DEVICES, number / NumberStream.PER_WINDOW);
    }

    /** Returns the expected result when {@code sent} numbers were sent. */
    Result result(int sent) {
      int begin = second * NumberStream.PER_WINDOW;
      int end = Math.min(sent, begin + NumberStream.PER_WINDOW);
      Result result = new Result(0, 0, Integer.MAX_VALUE, Integer.MIN_VALUE);
      for (int number = begin + device; number < end; number += NumberStream.DEVICES) {
        result = result.plus(number);
      }
      return result;
    }
  }

  private record Result(int records, long total, int lowest, int highest) {
    Result plus(int number) {
      return new Result(
          records + 1, total + number, Math.min(lowest, number), Math.max(highest, number));
    }
  }

  /** Adds records of the job's outputs, in order per device. */
  void read(List<byte[]> copies, List<byte[]> windows, List<byte[]> oddWindows) throws IOException {
    for (byte[] record : copies) {
      copied(JSON.readTree(record));
    }
    for (byte[] record : windows) {
      counted(JSON.readTree(record), 0);
    }
    for (byte[] record : oddWindows) {
      counted(JSON.readTree(record), 1);
    }
  }

  /** Returns whether each of {@code sent} numbers and their windows were read at least once. */
  boolean hasAll(int sent) {
    return timesCopied.size() >= sent && results.size() >= windows(sent).count();
  }

  /** Returns duplicates and wrong order so far; records can still be missing. */
  Findings soFar() {
    return problems.findings(timesCopied.size(), results.size());
  }

  /** Returns all findings when {@code sent} numbers were sent and no more records follow. */
  Findings findings(int sent) {
    Findings.Problems all = problems.copy();
    IntStream.range(0, sent)
        .filter(number -> !timesCopied.containsKey(number))
        .forEach(number -> all.lost("number " + number));
    windows(sent)
        .mapToObj(Window::of)
        .filter(window -> !results.containsKey(window))
        .forEach(window -> all.lost(window.toString()));
    results.forEach(
        (window, result) -> {
          if (!result.equals(window.result(sent))) {
            all.wrong("%s is %s and should be %s".formatted(window, result, window.result(sent)));
          }
        });
    return all.findings(timesCopied.size(), results.size());
  }

  private void copied(JsonNode record) {
    int number = record.path("number").asInt();
    int device = record.path("device").asInt();
    if (timesCopied.merge(number, 1, Integer::sum) > 1) {
      problems.duplicated("number " + number);
    }
    Integer last = lastOfDevice.put(device, number);
    if (last != null && last > number) {
      problems.wrong("number %d of device %d came after %d".formatted(number, device, last));
    }
  }

  /** {@code parity} is that of the devices in the topic of the record. */
  private void counted(JsonNode record, int parity) {
    if (record.path("device").asInt() % 2 != parity || record.has("target")) {
      problems.wrong("window %s is in the wrong topic".formatted(record));
    }
    Instant start =
        Instant.ofEpochMilli(NumberStream.FIRST)
            .plusSeconds(record.path("lowest").asInt() / NumberStream.PER_WINDOW);
    String written = record.path("window_start").asText().replace("Z", "");
    if (!LocalDateTime.parse(written).toInstant(ZoneOffset.UTC).equals(start)) {
      problems.wrong("window %s does not start at %s".formatted(record, start));
    }
    Result result =
        new Result(
            record.path("records").asInt(),
            record.path("total").asLong(),
            record.path("lowest").asInt(),
            record.path("highest").asInt());
    if (results.put(Window.of(result.lowest()), result) != null) {
      problems.duplicated("window " + record);
    }
  }

  /** Returns the first number of each window. */
  private static IntStream windows(int sent) {
    return IntStream.range(0, sent)
        .filter(number -> number % NumberStream.PER_WINDOW < NumberStream.DEVICES);
  }
}
