package dev.outflow.compose;

import dev.outflow.definition.InputDefinition;
import dev.outflow.definition.JobDefinition;
import dev.outflow.definition.Problem;
import dev.outflow.definition.Query;
import dev.outflow.kafka.error.ErrorCode;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.table.api.Table;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

/** Checks the columns of a result, which become the fields of an output's records. */
final class ResultColumns {
  /** Flink's name for an unnamed column. */
  private static final Pattern UNNAMED = Pattern.compile("EXPR\\$\\d+");

  /** Flink's name for a column with the name of an earlier one. */
  private static final Pattern RENAMED = Pattern.compile("(.+?)\\d+");

  private static final Set<LogicalTypeRoot> UNWRITABLE =
      EnumSet.of(
          LogicalTypeRoot.INTERVAL_DAY_TIME,
          LogicalTypeRoot.INTERVAL_YEAR_MONTH,
          LogicalTypeRoot.NULL,
          LogicalTypeRoot.SYMBOL);

  private ResultColumns() {}

  /** Returns a problem for each column that is unnamed or that Flink renamed. */
  static List<Problem> problems(JobDefinition definition, String alias, Table result) {
    List<String> names = result.getResolvedSchema().getColumnNames();
    String path = path(definition, alias);
    Stream<String> unnamed =
        IntStream.range(0, names.size())
            .filter(index -> UNNAMED.matcher(names.get(index)).matches())
            .mapToObj(
                index ->
                    "column %d of the result of '%s' has no name; name it with AS"
                        .formatted(index + 1, alias));
    Stream<String> duplicate =
        names.stream()
            .filter(name -> !isWritten(definition, name))
            .map(RENAMED::matcher)
            .filter(Matcher::matches)
            .map(name -> name.group(1))
            .filter(names::contains)
            .distinct()
            .map(
                name ->
                    "two columns of the result of '%s' are named '%s'; rename one with AS (%s)"
                        .formatted(alias, name, ErrorCode.DUPLICATE_KEY));
    return Stream.concat(unnamed, duplicate)
        .map(message -> definition.problem(path, message))
        .toList();
  }

  /** Returns a problem for each column whose type no table can have, such as INTERVAL. */
  static List<Problem> unwritable(JobDefinition definition, String alias, Table result) {
    return result.getResolvedSchema().getColumns().stream()
        .filter(column -> isUnwritable(column.getDataType().getLogicalType()))
        .map(
            column ->
                definition.problem(
                    path(definition, alias),
                    "column '%s' of the result of '%s' has type %s, which cannot be written; convert it, e.g. CAST(... AS STRING)"
                        .formatted(
                            column.getName(),
                            alias,
                            column.getDataType().getLogicalType().asSummaryString())))
        .toList();
  }

  private static boolean isUnwritable(LogicalType type) {
    return UNWRITABLE.contains(type.getTypeRoot())
        || type.getChildren().stream().anyMatch(ResultColumns::isUnwritable);
  }

  private static String path(JobDefinition definition, String alias) {
    return definition.queries().isEmpty() ? "transformation" : "queries." + alias;
  }

  /** Returns whether a name is written in the definition, or can come from Java. */
  private static boolean isWritten(JobDefinition definition, String name) {
    Pattern word =
        Pattern.compile(
            "(?<!\\w)%s(?!\\w)".formatted(Pattern.quote(name)), Pattern.CASE_INSENSITIVE);
    return definition.queries().isEmpty()
        || Stream.concat(
                definition.queries().stream().map(Query::sql),
                definition.inputs().values().stream()
                    .map(InputDefinition::columns)
                    .map(Object::toString))
            .anyMatch(text -> word.matcher(text).find());
  }
}
