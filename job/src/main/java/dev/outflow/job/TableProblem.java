package dev.outflow.job;

import dev.outflow.definition.JobDefinition;
import dev.outflow.definition.Problem;
import dev.outflow.kafka.option.InvalidOptionsException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.table.factories.FactoryUtil;

/** What Flink says about a table, at the property of the definition that it is about. */
final class TableProblem {
  private static final Pattern NO_FACTORY =
      Pattern.compile(
          "(?s).*Could not find any factory for identifier '([^']*)'.*?(?:DeserializationFormat|SerializationFormat|)Factory.*?identifiers are:\\s*(.*)");
  private static final Pattern UNSUPPORTED =
      Pattern.compile("(?s)Unsupported options:\\s*(\\S.*?)\\s*Supported options:\\s*(.*)");
  private static final Pattern UPDATES = Pattern.compile("(?s).*doesn't support consuming (.*)");

  private TableProblem() {}

  /**
   * @param path the input or output: {@code outputs.large_orders}
   */
  static List<Problem> of(JobDefinition definition, String path, RuntimeException failure) {
    Throwable root = failure;
    while (root.getCause() != null && !(root instanceof InvalidOptionsException)) {
      root = root.getCause();
    }
    if (root instanceof InvalidOptionsException invalid) {
      return invalid.problems().stream()
          .map(each -> definition.problem(path + "." + each.key(), each.message()))
          .toList();
    }
    String message = String.valueOf(root.getMessage());
    Matcher noFactory = NO_FACTORY.matcher(message);
    if (noFactory.matches()) {
      boolean format = message.contains("FormatFactory");
      String key = format ? FactoryUtil.FORMAT.key() : FactoryUtil.CONNECTOR.key();
      return List.of(
          definition.problem(
              path + "." + key,
              "there is no %s '%s' on the class path; there are %s"
                  .formatted(key, noFactory.group(1), commaSeparated(noFactory.group(2)))));
    }
    Matcher unsupported = UNSUPPORTED.matcher(message);
    if (unsupported.find()) {
      return unsupported
          .group(1)
          .lines()
          .map(
              key ->
                  definition.problem(
                      path + "." + key.strip(),
                      "unknown key; known are " + commaSeparated(unsupported.group(2))))
          .toList();
    }
    Matcher updates = UPDATES.matcher(message);
    if (updates.matches()) {
      return List.of(
          definition.problem(
              path,
              "the query's result changes rows that it has already given, and this format can only append; aggregate in a window (TUMBLE, HOP), or choose a format for changes such as debezium-json (Flink: %s)"
                  .formatted(updates.group(1))));
    }
    return List.of(definition.problem(path, message));
  }

  private static String commaSeparated(String lines) {
    return String.join(", ", lines.strip().split("\\s+"));
  }
}
