package dev.outflow.format.reader;

import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs fields whose names differ from a column's in case only.
 *
 * @param table e.g. {@code input 'orders'}
 */
record SimilarNames(String table) implements BiConsumer<String, String> {
  private static final Logger LOG = LoggerFactory.getLogger(SimilarNames.class);

  @Override
  public void accept(String field, String column) {
    LOG.warn(
        "{}: records have a field '{}', but the column is '{}'; names are case-sensitive",
        table,
        field,
        column);
  }
}
