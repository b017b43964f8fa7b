package dev.outflow.format.reader;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds fields whose names differ from a column's in case only, and logs those that a reader meets:
 * names match exactly, unlike in Azure Stream Analytics.
 *
 * @param table e.g. {@code input 'orders'}
 */
public record SimilarNames(String table) implements BiConsumer<String, String> {
  private static final Logger LOG = LoggerFactory.getLogger(SimilarNames.class);
  private static final JsonFactory JACKSON = new JsonFactory();

  /** Returns the name of a field of a JSON object that differs from a column's in case only. */
  public static Optional<String> find(String column, byte[] json) {
    try (JsonParser parser = JACKSON.createParser(json)) {
      while (parser.nextToken() != null) {
        String name = parser.currentName();
        boolean isTopLevel = parser.getParsingContext().getNestingDepth() == 1;
        if (isTopLevel && column.equalsIgnoreCase(name) && !column.equals(name)) {
          return Optional.of(name);
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  @Override
  public void accept(String field, String column) {
    LOG.warn(
        "{}: records have a field '{}', but the column is '{}'; names are case-sensitive",
        table,
        field,
        column);
  }
}
