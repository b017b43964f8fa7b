package dev.outflow.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * The fields of JSON objects, as text to be put into other objects.
 *
 * <p>Not thread-safe.
 */
public final class ObjectFields {
  private static final JsonFactory JACKSON =
      JsonFactory.builder().disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION).build();

  private final Set<String> reserved;
  private final Set<String> names = new HashSet<>();
  private int clashes;

  /**
   * Creates an instance.
   *
   * @param reserved the names of fields that are left out
   */
  public ObjectFields(Set<String> reserved) {
    this.reserved = reserved;
  }

  /**
   * Returns the fields of an object, separated by commas, exactly as they are written.
   *
   * @param object in UTF-8
   * @throws IOException if it is not one JSON object, or if it has two fields with the same name
   */
  public byte[] of(byte[] object) throws IOException {
    names.clear();
    clashes = 0;
    try (JsonParser json = JACKSON.createParser(object)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new JsonParseException(json, "expected a JSON object");
      }
      int start = position(json);
      ByteArrayOutputStream kept = null;
      while (json.nextToken() != JsonToken.END_OBJECT) {
        int from = (int) json.currentTokenLocation().getByteOffset();
        String name = json.currentName();
        if (!names.add(name)) {
          throw new JsonParseException(json, "a field occurs twice");
        }
        json.nextToken();
        json.skipChildren();
        json.finishToken();
        if (reserved.contains(name)) {
          clashes++;
          kept = kept == null ? before(object, start, from) : kept;
        } else if (kept != null) {
          append(kept, object, from, position(json));
        }
      }
      int end = position(json) - 1;
      if (json.nextToken() != null) {
        throw new JsonParseException(json, "expected one JSON object");
      }
      if (kept != null) {
        return kept.toByteArray();
      }
      return names.isEmpty() ? new byte[0] : Arrays.copyOfRange(object, start, end);
    }
  }

  /** Returns how many fields of the last object were left out. */
  public int clashes() {
    return clashes;
  }

  private static int position(JsonParser json) {
    return (int) json.currentLocation().getByteOffset();
  }

  /** Returns the fields before the first one that is left out, without the comma that follows. */
  private static ByteArrayOutputStream before(byte[] object, int start, int from) {
    int end = from;
    while (end > start && (object[end - 1] == ',' || Character.isWhitespace(object[end - 1]))) {
      end--;
    }
    ByteArrayOutputStream fields = new ByteArrayOutputStream(object.length);
    fields.write(object, start, end - start);
    return fields;
  }

  private static void append(ByteArrayOutputStream fields, byte[] object, int from, int to) {
    if (fields.size() > 0) {
      fields.write(',');
    }
    fields.write(object, from, to - from);
  }
}
