package dev.outflow.testing.rows;

import static java.util.stream.Collectors.toSet;

import dev.outflow.definition.InvalidDefinitionException;
import dev.outflow.definition.Location;
import dev.outflow.definition.Problem;
import dev.outflow.format.reader.ReaderOptions;
import dev.outflow.kafka.error.OnError;
import dev.outflow.kafka.error.RecordProblem;
import dev.outflow.kafka.input.InputDecoder;
import dev.outflow.kafka.input.UndeclaredColumn;
import dev.outflow.option.InvalidOptionsException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.catalog.WatermarkSpec;
import org.apache.flink.table.data.RowData;

/**
 * Reads a test case's file of rows with the reader of its input: {@code .jsonl} for {@code json}
 * and {@code .csv} for {@code csv}, with the input's options. Rows of inputs in other formats are
 * JSON objects or CSV with a header, by the rules of {@code docs/values.md} for JSON.
 */
public final class InputFile {
  private final Path file;
  private final InputFormat format;
  private final boolean own;
  private final List<RowData> rows = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();

  private InputFile(Path file, InputFormat format) {
    this.file = file;
    this.format = format;
    this.own = format.name().equals(isCsv(file) ? InputFormat.CSV : InputFormat.JSON);
  }

  /**
   * The content of a file.
   *
   * @param notes what the input drops or skips, one line each
   */
  public record Content(InputRows rows, List<String> notes) {
    public static final Content NONE = new Content(InputRows.NONE, List.of());
  }

  /**
   * Reads a file.
   *
   * @param input the input's name
   * @param columns the input's columns, including computed ones, and its watermark
   * @throws InvalidDefinitionException with the problems of all rows that would fail the job
   */
  public static Content read(Path file, String input, ResolvedSchema columns, InputFormat format) {
    return new InputFile(file, format).read(input, columns);
  }

  private Content read(String input, ResolvedSchema columns) {
    List<Column> written = written(columns);
    checkTime(columns, written);
    try {
      InputDecoder decoder =
          InputDecoder.of(
              input,
              new ResolvedSchema(written, columns.getWatermarkSpecs(), null, List.of()),
              own ? format.options() : InputFormat.TEXT);
      Optional<Deletions> deletions =
          columns
              .getPrimaryKey()
              .map(
                  key ->
                      Deletions.of(
                          input,
                          written,
                          key,
                          columns.getWatermarkSpecs(),
                          own && !isCsv(file) ? format.options() : InputFormat.TEXT));
      for (CaseRecord record : records(written, deletions.isPresent())) {
        read(record, decoder, deletions).forEach(problem -> add(problem, record));
      }
    } catch (InvalidOptionsException e) {
      e.problems()
          .forEach(
              option ->
                  reject(
                      Location.of(file.toString()),
                      "inputs." + input + "." + option.key(),
                      option.message()));
    } catch (CharacterCodingException e) {
      reject(Location.of(file.toString()), "", e.getMessage());
    } catch (IOException e) {
      reject(Location.of(file.toString()), "", "cannot be read: " + e.getMessage());
    }
    if (!problems.isEmpty()) {
      throw new InvalidDefinitionException(problems);
    }
    return new Content(new InputRows.Decoded(written, rows), List.copyOf(notes));
  }

  private List<RecordProblem> read(
      CaseRecord record, InputDecoder decoder, Optional<Deletions> deletions) throws IOException {
    Optional<String> kind =
        record.isWholeFile() || deletions.isEmpty() ? Optional.empty() : Deletions.kind(record);
    if (kind.filter(Deletions::isDeletion).isPresent()) {
      return deletions.get().read(record, rows::add);
    }
    if (kind.isPresent() && !Deletions.isRow(kind.get())) {
      reject(
          record.location(file, RowText.KIND),
          RowText.KIND,
          "'%s' is invalid; expected -D, which deletes the row of its key".formatted(kind.get()));
      return List.of();
    }
    return decoder.decode(record.value(), rows::add);
  }

  private List<CaseRecord> records(List<Column> written, boolean hasKinds) throws IOException {
    FieldNames names =
        FieldNames.of(
            hasKinds
                ? Stream.concat(
                        written.stream(),
                        Stream.of(Column.physical(RowText.KIND, DataTypes.STRING())))
                    .toList()
                : written);
    if (isCsv(file)) {
      return own ? RecordFile.message(file) : new CsvText(file, names).objects(problems);
    }
    List<CaseRecord> lines = RecordFile.lines(file);
    if (written.stream().anyMatch(UndeclaredColumn::is)) {
      return lines;
    }
    if (own) {
      names.others(file, lines).ifPresent(notes::add);
    } else {
      names.rejectOthers(file, lines, problems);
    }
    return lines;
  }

  /**
   * Returns the columns of the file. METADATA columns have fields like any other; the column of
   * what is not declared comes last.
   */
  private List<Column> written(ResolvedSchema columns) {
    boolean byPosition =
        own
            && isCsv(file)
            && !Boolean.parseBoolean(format.options().get(ReaderOptions.CSV_HEADER.key()));
    Stream<Column> named =
        columns.getColumns().stream()
            .filter(byPosition ? Column::isPhysical : RowTableFactory::isGiven)
            .filter(column -> !UndeclaredColumn.is(column))
            .map(column -> Column.physical(column.getName(), column.getDataType()));
    return Stream.concat(named, columns.getColumns().stream().filter(UndeclaredColumn::is))
        .toList();
  }

  private void checkTime(ResolvedSchema columns, List<Column> written) {
    Set<String> names = written.stream().map(Column::getName).collect(toSet());
    columns.getWatermarkSpecs().stream()
        .map(WatermarkSpec::getRowtimeAttribute)
        .filter(time -> !names.contains(time))
        .flatMap(time -> columns.getColumn(time).stream())
        .filter(RowTableFactory::isGiven)
        .forEach(
            time ->
                reject(
                    Location.of(file.toString()),
                    time.getName(),
                    "is METADATA, which CSV without a header cannot contain; write the rows as JSON in a .jsonl file"));
  }

  private void add(RecordProblem problem, CaseRecord record) {
    String column = problem.column().orElse("");
    Location location = record.location(file, column);
    if (format.onError() != OnError.FAIL) {
      notes.add("%s: %s; %s".formatted(location, text(problem, record), format.onError()));
    } else if (record.isWholeFile()) {
      reject(location, "", text(problem, record) + details(problem));
    } else {
      reject(
          location,
          column,
          "%s: %s%s".formatted(problem.code(), problem.message(), details(problem)));
    }
  }

  /** Names the row of a file, where others name the row of a message. */
  private static String text(RecordProblem problem, CaseRecord record) {
    return record.isWholeFile()
        ? problem.row().map("row %d: "::formatted).orElse("") + problem.withoutRow()
        : problem.toString();
  }

  private static String details(RecordProblem problem) {
    String details = RecordFile.withoutPlace(problem.details());
    return details.isEmpty() ? "" : " (%s)".formatted(details);
  }

  private void reject(Location location, String property, String message) {
    problems.add(new Problem(location, property, message));
  }

  private static boolean isCsv(Path file) {
    return file.toString().endsWith(RecordFile.CSV);
  }
}
