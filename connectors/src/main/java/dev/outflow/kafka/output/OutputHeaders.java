package dev.outflow.kafka.output;

import dev.outflow.option.InvalidOptionsException;
import dev.outflow.option.OptionProblem;
import dev.outflow.option.OptionReader;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** The headers of an output's records, in the order of their names. */
record OutputHeaders(List<OutputHeader> headers) implements Serializable {
  private static final Pattern LITERAL = Pattern.compile("(?s)\\s*'(.*)'\\s*");

  /** Notes a problem for each header without a name or value. */
  static void check(OptionReader reader, Map<String, String> headers) {
    headers.forEach(
        (name, source) -> {
          if (name.isBlank()) {
            reader.reject(problem(name, "has no name; use e.g. headers.trace-id"));
          } else if (source.isBlank()) {
            reader.reject(
                problem(
                    name, "is empty; set a column or a literal in single quotes, or remove it"));
          }
        });
  }

  /** Returns the column that a header is read from; empty if it is a literal. */
  static Optional<String> column(String source) {
    return LITERAL.matcher(source).matches() ? Optional.empty() : Optional.of(source.strip());
  }

  /**
   * Resolves the columns of headers.
   *
   * @param sources the column or literal of each header by its name
   * @throws InvalidOptionsException with each column that is unknown or cannot be written as text
   */
  static OutputHeaders find(Map<String, String> sources, DataType row) {
    List<OutputHeader> headers = new ArrayList<>();
    List<OptionProblem> problems = new ArrayList<>();
    new TreeMap<>(sources)
        .forEach(
            (name, source) -> {
              try {
                headers.add(header(name, source, row));
              } catch (InvalidOptionsException e) {
                problems.addAll(e.problems());
              }
            });
    if (!problems.isEmpty()) {
      throw new InvalidOptionsException(problems);
    }
    return new OutputHeaders(List.copyOf(headers));
  }

  private static OutputHeader header(String name, String source, DataType row) {
    Matcher literal = LITERAL.matcher(source);
    if (literal.matches()) {
      return new OutputHeader.Literal(name, literal.group(1).replace("''", "'"));
    }
    List<String> existing = DataType.getFieldNames(row);
    int position = existing.indexOf(source.strip());
    if (position < 0) {
      throw new InvalidOptionsException(
          List.of(
              problem(
                  name,
                  OutputColumns.unknown(source.strip(), existing)
                      + "; write a literal in single quotes")));
    }
    LogicalType type = row.getLogicalType().getChildren().get(position);
    return new OutputHeader.OfColumn(
        name,
        RowData.createFieldGetter(type, position),
        ColumnTextEncoder.forType(
            KafkaOutputOptions.HEADER_PREFIX + name, existing.get(position), type));
  }

  private static OptionProblem problem(String header, String message) {
    return new OptionProblem(KafkaOutputOptions.HEADER_PREFIX + header, message);
  }

  /** Returns the headers of a row. */
  List<Header> of(RowData row) {
    if (headers.isEmpty()) {
      return List.of();
    }
    List<Header> written = new ArrayList<>(headers.size());
    for (OutputHeader header : headers) {
      byte[] value = header.value(row);
      if (value != null) {
        written.add(new RecordHeader(header.name(), value));
      }
    }
    return written;
  }
}
