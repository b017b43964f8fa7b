package dev.outflow.format.reader;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Finds the fields of objects by name. Names match exactly; a field that differs from a column in
 * case only is reported once.
 */
final class JsonFields {
  /** After this many names that are not columns, further ones are not remembered. */
  private static final int MAX_SKIPPED = 1000;

  /** Longer names that are not columns are not remembered. */
  private static final int MAX_LENGTH = 1000;

  private final Map<String, JsonField> byName = new HashMap<>();
  private final Map<String, String> byLowerCase = new HashMap<>();
  private final BiConsumer<String, String> similarName;
  private final int most;

  /**
   * Creates the fields.
   *
   * @param similarName receives the name of a field and the column with the same letters
   */
  JsonFields(List<JsonField> columns, BiConsumer<String, String> similarName) {
    for (JsonField column : columns) {
      byName.put(column.name, column);
      byLowerCase.putIfAbsent(lowerCase(column.name), column.name);
    }
    this.similarName = similarName;
    this.most = byName.size() + MAX_SKIPPED;
  }

  JsonField find(String name) {
    JsonField field = byName.get(name);
    return field == null ? skipped(name) : field;
  }

  private JsonField skipped(String name) {
    if (byName.size() >= most || name.length() > MAX_LENGTH) {
      return JsonField.notRemembered(name);
    }
    JsonField field = JsonField.skipped(name);
    Optional.ofNullable(byLowerCase.get(lowerCase(name)))
        .ifPresent(column -> similarName.accept(name, column));
    byName.put(name, field);
    return field;
  }

  private static String lowerCase(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
