package dev.outflow.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Holds what a {@link CountedJob} has committed against the numbers that went in. */
final class Judge {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<Integer, Integer> timesCopied = new HashMap<>();
  private final Map<Integer, Integer> lastOfDevice = new HashMap<>();
  private final Map<Window, Result> results = new HashMap<>();
  private final Verdict.Problems problems = new Verdict.Problems();

  /** A device's second. */
  private record Window(int device, int second) {
    static Window of(int number) {
      return new Window(number % NumberStream.DEVICES, number / NumberStream.PER_WINDOW);
    }

    /** As the query must count it when {@code sent} numbers went in. */
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

  /** More records of the job's outputs, per device in their order. */
  void read(List<byte[]> copies, List<byte[]> windows) throws IOException {
    for (byte[] record : copies) {
      copied(JSON.readTree(record));
    }
    for (byte[] record : windows) {
      counted(JSON.readTree(record));
    }
  }

  /** Whether everything is there at least once, when {@code sent} numbers went in. */
  boolean hasAll(int sent) {
    return timesCopied.size() >= sent && results.size() >= windows(sent).count();
  }

  /** What is wrong with that which was read, whatever may follow. */
  Verdict soFar() {
    return problems.verdict(timesCopied.size(), results.size());
  }

  /** What is wrong if nothing follows, when {@code sent} numbers went in. */
  Verdict verdict(int sent) {
    Verdict.Problems all = problems.copy();
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
    return all.verdict(timesCopied.size(), results.size());
  }

  private void copied(JsonNode record) {
    int number = record.path("number").asInt();
    int device = record.path("device").asInt();
    if (timesCopied.merge(number, 1, Integer::sum) > 1) {
      problems.doubled("number " + number);
    }
    Integer last = lastOfDevice.put(device, number);
    if (last != null && last > number) {
      problems.wrong("number %d of device %d came after %d".formatted(number, device, last));
    }
  }

  private void counted(JsonNode record) {
    Result result =
        new Result(
            record.path("records").asInt(),
            record.path("total").asLong(),
            record.path("lowest").asInt(),
            record.path("highest").asInt());
    if (results.put(Window.of(result.lowest()), result) != null) {
      problems.doubled("window " + record);
    }
  }

  /** The first number of each window. */
  private static IntStream windows(int sent) {
    return IntStream.range(0, sent)
        .filter(number -> number % NumberStream.PER_WINDOW < NumberStream.DEVICES);
  }
}
