package dev.outflow.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outflow.embedded.TestTopic;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads what a job has committed as a consumer does that must not miss or repeat anything, and
 * holds it against the numbers that went in.
 */
final class Judge implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final TopicReader copies;
  private final TopicReader windows;
  private final Map<Integer, Integer> timesCopied = new HashMap<>();
  private final Map<Integer, Integer> lastOfDevice = new HashMap<>();
  private final Map<Window, Integer> timesCounted = new HashMap<>();
  private final Verdict.Problems problems = new Verdict.Problems();

  Judge(TestTopic copies, TestTopic windows) {
    this.copies = TopicReader.committed(copies);
    this.windows = TopicReader.committed(windows);
  }

  /** A device's second. */
  private record Window(int device, int second) {
    /** As the query must count it when {@code sent} numbers went in. */
    Result result(int sent) {
      Result result = new Result(0, 0, Integer.MAX_VALUE, Integer.MIN_VALUE);
      int begin = second * NumberStream.PER_WINDOW;
      for (int number = begin; number < Math.min(sent, begin + NumberStream.PER_WINDOW); number++) {
        if (number % NumberStream.DEVICES == device) {
          result = result.plus(number);
        }
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

  /** What is wrong with all that is committed by now, when {@code sent} numbers went in. */
  Verdict verdict(int sent) throws IOException {
    readOn(sent);
    Verdict.Problems all = problems.copy();
    for (int number = 0; number < sent; number++) {
      if (!timesCopied.containsKey(number)) {
        all.lost("number " + number);
      }
      Window window = window(number);
      if (number % NumberStream.PER_WINDOW < NumberStream.DEVICES
          && !timesCounted.containsKey(window)) {
        all.lost(window.toString());
      }
    }
    return all.verdict(timesCopied.size(), timesCounted.size());
  }

  /** What was wrong with that which was read before, without asking what is missing. */
  Verdict soFar(int sent) throws IOException {
    readOn(sent);
    return problems.verdict(timesCopied.size(), timesCounted.size());
  }

  @Override
  public void close() {
    copies.close();
    windows.close();
  }

  private void readOn(int sent) throws IOException {
    for (byte[] record : copies.more()) {
      copied(JSON.readTree(record));
    }
    for (byte[] record : windows.more()) {
      counted(JSON.readTree(record), sent);
    }
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

  private void counted(JsonNode record, int sent) {
    int lowest = record.path("lowest").asInt();
    Window window = new Window(record.path("device").asInt(), lowest / NumberStream.PER_WINDOW);
    if (timesCounted.merge(window, 1, Integer::sum) > 1) {
      problems.doubled(window + " as " + record);
    }
    Result result =
        new Result(
            record.path("records").asInt(),
            record.path("total").asLong(),
            lowest,
            record.path("highest").asInt());
    if (!result.equals(window.result(sent))) {
      problems.wrong("%s is %s, and should be %s".formatted(window, result, window.result(sent)));
    }
  }

  private static Window window(int number) {
    return new Window(number % NumberStream.DEVICES, number / NumberStream.PER_WINDOW);
  }
}
