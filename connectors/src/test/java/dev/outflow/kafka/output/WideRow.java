package dev.outflow.kafka.output;

import static java.util.stream.Collectors.joining;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Table;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;

/**
 * Two rows of more than 100 columns: the first has a value in every column that is easy to get
 * wrong, the second is null in all but the first.
 */
final class WideRow {
  static final String NAME = "Zoë 😀, \"quoted\"\nand 中文";

  static final String FULL_JSON =
      """
      {"id": 1, "name": "Zoë 😀, \\"quoted\\"\\nand 中文", "blank": "", "flag": true, "tiny": -128,
       "ratio": 0.1, "price": 0.000001, "day": "2026-11-23", "clock": "10:15:00",
       "local": "2026-11-23T10:15:30.123", "instant": "2026-11-23T09:15:30.123Z",
       "payload": "AP9/", "customer": {"name": "Zoë", "address": {"city": "Zürich", "zip": 8000}},
       "place": {"city": "Zürich", "zip": 8000}, "tags": ["a", "b"], "counts": {"k": 7}, %s}
      """
          .formatted(numbered("\"c%1$d\": %1$d", ", "));

  static final List<String> FULL_CSV =
      Stream.concat(
              Stream.of(
                  "1",
                  NAME,
                  "",
                  "true",
                  "-128",
                  "0.1",
                  "0.000001",
                  "2026-11-23",
                  "10:15:00",
                  "2026-11-23 10:15:30.123",
                  "2026-11-23 09:15:30.123Z",
                  "AP9/",
                  "Zürich;8000",
                  "a;b"),
              IntStream.range(0, 100).mapToObj(String::valueOf))
          .toList();

  private static final Map<String, String> TYPES = types();
  private static final List<String> NOT_IN_CSV = List.of("customer", "counts");

  private WideRow() {}

  static List<String> all() {
    return List.copyOf(TYPES.keySet());
  }

  /** Omits maps and nested rows, which Flink's CSV does not support. */
  static List<String> csvColumns() {
    return TYPES.keySet().stream().filter(column -> !NOT_IN_CSV.contains(column)).toList();
  }

  static String ddl(List<String> columns) {
    return columns.stream()
        .map(column -> "`" + column + "` " + TYPES.get(column))
        .collect(joining(", "));
  }

  static Table table(StreamTableEnvironment tables, List<String> columns) {
    String select = columns.stream().map(column -> "`" + column + "`").collect(joining(", "));
    List<Object> full = new ArrayList<>();
    full.addAll(
        List.of(
            1L,
            NAME,
            "",
            true,
            (byte) -128,
            0.1,
            new BigDecimal("0.000001"),
            LocalDate.of(2026, 11, 23),
            LocalTime.of(10, 15),
            LocalDateTime.of(2026, 11, 23, 10, 15, 30, 123_000_000),
            Instant.parse("2026-11-23T09:15:30.123Z"),
            new byte[] {0, -1, 127},
            Row.of("Zoë", Row.of("Zürich", 8000)),
            Row.of("Zürich", 8000),
            new String[] {"a", "b"},
            Map.of("k", 7)));
    IntStream.range(0, 100).forEach(full::add);
    Row empty = new Row(full.size());
    empty.setField(0, 2L);
    Table rows =
        tables.fromValues(
            DataTypes.ROW(
                TYPES.entrySet().stream()
                    .map(
                        column -> DataTypes.FIELD(column.getKey(), DataTypes.of(column.getValue())))
                    .toArray(DataTypes.UnresolvedField[]::new)),
            Row.of(full.toArray()),
            empty);
    tables.createTemporaryView("wide_rows", rows);
    return tables.sqlQuery("SELECT " + select + " FROM wide_rows");
  }

  /** Declares the schema by hand, independent of how Flink derives it. */
  static Schema avroSchema() {
    SchemaBuilder.FieldAssembler<Schema> fields = SchemaBuilder.record("wide").fields();
    Schema address =
        SchemaBuilder.record("address")
            .fields()
            .name("city")
            .type(nullable(Schema.create(Schema.Type.STRING)))
            .noDefault()
            .name("zip")
            .type(nullable(Schema.create(Schema.Type.INT)))
            .noDefault()
            .endRecord();
    Schema customer =
        SchemaBuilder.record("customer")
            .fields()
            .name("name")
            .type(nullable(Schema.create(Schema.Type.STRING)))
            .noDefault()
            .name("address")
            .type(nullable(address))
            .noDefault()
            .endRecord();
    Map<String, Schema> types = new LinkedHashMap<>();
    types.put("id", Schema.create(Schema.Type.LONG));
    types.put("name", Schema.create(Schema.Type.STRING));
    types.put("blank", Schema.create(Schema.Type.STRING));
    types.put("flag", Schema.create(Schema.Type.BOOLEAN));
    types.put("tiny", Schema.create(Schema.Type.INT));
    types.put("ratio", Schema.create(Schema.Type.DOUBLE));
    types.put("price", LogicalTypes.decimal(20, 6).addToSchema(Schema.create(Schema.Type.BYTES)));
    types.put("day", LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT)));
    types.put("clock", LogicalTypes.timeMillis().addToSchema(Schema.create(Schema.Type.INT)));
    types.put(
        "local", LogicalTypes.localTimestampMillis().addToSchema(Schema.create(Schema.Type.LONG)));
    types.put(
        "instant", LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG)));
    types.put("payload", Schema.create(Schema.Type.BYTES));
    types.put("customer", customer);
    types.put("place", address);
    types.put("tags", Schema.createArray(nullable(Schema.create(Schema.Type.STRING))));
    types.put("counts", Schema.createMap(nullable(Schema.create(Schema.Type.INT))));
    IntStream.range(0, 100).forEach(i -> types.put("c" + i, Schema.create(Schema.Type.INT)));
    types.forEach((name, type) -> fields.name(name).type(nullable(type)).noDefault());
    return fields.endRecord();
  }

  private static Schema nullable(Schema type) {
    return Schema.createUnion(Schema.create(Schema.Type.NULL), type);
  }

  private static Map<String, String> types() {
    Map<String, String> types = new LinkedHashMap<>();
    types.put("id", "BIGINT");
    types.put("name", "STRING");
    types.put("blank", "STRING");
    types.put("flag", "BOOLEAN");
    types.put("tiny", "TINYINT");
    types.put("ratio", "DOUBLE");
    types.put("price", "DECIMAL(20, 6)");
    types.put("day", "DATE");
    types.put("clock", "TIME(0)");
    types.put("local", "TIMESTAMP(3)");
    types.put("instant", "TIMESTAMP_LTZ(3)");
    types.put("payload", "BYTES");
    types.put("customer", "ROW<name STRING, address ROW<city STRING, zip INT>>");
    types.put("place", "ROW<city STRING, zip INT>");
    types.put("tags", "ARRAY<STRING>");
    types.put("counts", "MAP<STRING, INT>");
    IntStream.range(0, 100).forEach(i -> types.put("c" + i, "INT"));
    return types;
  }

  private static String numbered(String format, String separator) {
    return IntStream.range(0, 100).mapToObj(format::formatted).collect(joining(separator));
  }
}
