package dev.outflow.format.reader;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.data.StringData;

/**
 * Collects the fields of an object that are not columns, with the characters that they have in the
 * message. Of a name that occurs twice, the last field counts.
 *
 * <p>Not thread-safe.
 */
final class UndeclaredFields {
  private static final StringData NONE = StringData.fromString("{}");

  private final List<Span> spans = new ArrayList<>();
  private final Map<String, Integer> positions = new HashMap<>();

  /** A field in the message, from its name to its value; in bytes. */
  private record Span(int from, int to) {
    int length() {
      return to - from;
    }
  }

  void clear() {
    spans.clear();
    positions.clear();
  }

  /** Adds the field from the start of its name to the end of its value. */
  void add(String name, int from, int to) {
    Integer earlier = positions.put(name, spans.size());
    if (earlier != null) {
      spans.set(earlier, null);
    }
    spans.add(new Span(from, to));
  }

  /** Returns an object of the fields since {@link #clear}, in their order. */
  StringData object(JsonInput json) {
    if (spans.isEmpty()) {
      return NONE;
    }
    spans.removeIf(span -> span == null);
    byte[] object = new byte[1 + spans.stream().mapToInt(span -> span.length() + 1).sum()];
    int at = 0;
    for (Span span : spans) {
      object[at++] = (byte) (at == 1 ? '{' : ',');
      System.arraycopy(json.bytes(), span.from, object, at, span.length());
      at += span.length();
    }
    object[at] = '}';
    return RawJson.text(object);
  }
}
