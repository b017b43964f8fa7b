package dev.outflow.sampling.column;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads the rows of records in CSV, with or without names in their first line. */
final class CsvRows {
  private CsvRows() {}

  static SampleRows of(Map<ConsumerRecord<byte[], byte[]>, String> texts, int records) {
    Optional<Character> delimiter = CsvDelimiter.of(texts.values());
    List<CsvLine> all = new ArrayList<>();
    int readable = 0;
    for (Map.Entry<ConsumerRecord<byte[], byte[]>, String> text : texts.entrySet()) {
      List<CsvLine> lines =
          lines(text.getKey(), text.getValue(), delimiter.orElse(CsvDelimiter.DEFAULT));
      readable += lines.isEmpty() ? 0 : 1;
      all.addAll(lines);
    }
    if (all.isEmpty()) {
      return new SampleRows(SampleRows.CSV, Map.of(), List.of(), records, List.of());
    }
    int width =
        all.stream()
            .collect(groupingBy(line -> line.fields().size(), counting()))
            .entrySet()
            .stream()
            .max(Map.Entry.comparingByValue())
            .orElseThrow()
            .getKey();
    List<CsvLine> lines = all.stream().filter(line -> line.fields().size() == width).toList();
    List<String> notes = new ArrayList<>();
    if (lines.size() < all.size()) {
      notes.add(
          "%d of %d lines do not have %d fields and are bad records"
              .formatted(all.size() - lines.size(), all.size(), width));
    }
    Optional<CsvHeader> header = CsvHeader.find(lines);
    header
        .filter(names -> !names.inEachRecord())
        .ifPresent(
            names ->
                notes.add(
                    "a record consists of the names of the columns only; as a row, it is bad data"));
    Map<String, String> options = new HashMap<>();
    delimiter
        .filter(character -> character != CsvDelimiter.DEFAULT)
        .ifPresent(character -> options.put("csv.field-delimiter", String.valueOf(character)));
    if (header.filter(CsvHeader::inEachRecord).isPresent()) {
      options.put("csv.header", "true");
    }
    List<String> names = header.map(CsvHeader::names).orElseGet(() -> CsvRows.numbered(width));
    return new SampleRows(
        SampleRows.CSV, options, rows(names, without(header, lines)), records - readable, notes);
  }

  /** Returns the lines of a record; none if it is not valid. */
  private static List<CsvLine> lines(
      ConsumerRecord<byte[], byte[]> record, String text, char delimiter) {
    CSVFormat format =
        CSVFormat.Builder.create().setDelimiter(delimiter).setIgnoreEmptyLines(true).get();
    try (CSVParser parser = CSVParser.parse(text, format)) {
      List<CSVRecord> lines = parser.getRecords();
      return IntStream.range(0, lines.size())
          .mapToObj(
              index ->
                  new CsvLine(
                      lines.get(index).toList(),
                      index + 1,
                      lines.size(),
                      record.timestamp(),
                      record.partition()))
          .toList();
    } catch (IOException | UncheckedIOException e) {
      return List.of();
    }
  }

  private static List<String> numbered(int width) {
    return IntStream.rangeClosed(1, width).mapToObj("column_%d"::formatted).toList();
  }

  private static List<CsvLine> without(Optional<CsvHeader> header, List<CsvLine> lines) {
    Set<List<String>> names = new HashSet<>();
    header.ifPresent(found -> names.add(found.names()));
    return lines.stream().filter(line -> !names.contains(line.fields())).toList();
  }

  private static List<SampleRow> rows(List<String> names, List<CsvLine> lines) {
    List<CsvKind> kinds =
        IntStream.range(0, names.size())
            .mapToObj(
                column ->
                    CsvKind.of(
                        lines.stream()
                            .map(line -> line.fields().get(column))
                            .filter(value -> !value.isEmpty())
                            .toList()))
            .toList();
    List<SampleRow> rows = new ArrayList<>();
    for (CsvLine line : lines) {
      ObjectNode row = JsonNodeFactory.instance.objectNode();
      for (int column = 0; column < names.size(); column++) {
        row.set(names.get(column), kinds.get(column).json(line.fields().get(column)));
      }
      rows.add(new SampleRow(row, line.arrival(), line.partition()));
    }
    return rows;
  }
}
