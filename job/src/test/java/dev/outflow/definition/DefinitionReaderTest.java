package dev.outflow.definition;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DefinitionReaderTest {
  private static final String GOOD =
      """
      name: large-orders
      inputs:
        orders:
          connector: kafka
          bootstrap-servers: a:9092,b:9092
          topic: orders
          format: json
          json: { ignore-parse-errors: true }
          columns: { order_id: STRING, amount: "DECIMAL(10, 2)", placed_at: TIMESTAMP(3) }
          event-time: { column: placed_at, out-of-order: 5 s }
      queries:
        small: SELECT 1;
        large_orders: queries/large_orders.sql
      outputs:
        large_orders:
          bootstrap-servers: c:9092
          topic: large
          format: json
          partition-key: [order_id, amount]
          kafka: { linger.ms: 5, batch: { size: 10 } }
      flink: { execution.checkpointing.interval: 10 s }
      """;

  @TempDir private Path folder;
  private String file;

  @BeforeEach
  void writeQuery() throws IOException {
    file = folder.resolve("job.yaml").toString();
    Files.createDirectories(folder.resolve("queries"));
    Files.writeString(
        folder.resolve("queries/large_orders.sql"), "SELECT * FROM orders, small\n;\n");
  }

  @Test
  void readsAllProperties() throws IOException {
    JobDefinition job = read(GOOD);

    assertThat(job.name()).isEqualTo("large-orders");
    InputDefinition orders = job.inputs().get("orders");
    assertThat(orders.isKafka()).isTrue();
    assertThat(orders.columns())
        .containsExactly(
            entry("order_id", "STRING"),
            entry("amount", "DECIMAL(10, 2)"),
            entry("placed_at", "TIMESTAMP(3)"));
    assertThat(orders.eventTime())
        .contains(EventTime.watermark("placed_at", Duration.ofSeconds(5)));
    assertThat(orders.options())
        .containsEntry("bootstrap-servers", "a:9092,b:9092")
        .containsEntry("json.ignore-parse-errors", "true");
    assertThat(job.outputs().get("large_orders").options())
        .containsEntry("partition-key", "order_id;amount")
        .containsEntry("kafka.linger.ms", "5")
        .containsEntry("kafka.batch.size", "10");
    assertThat(job.flink()).containsEntry("execution.checkpointing.interval", "10 s");
  }

  @Test
  void readsInlineQueriesAndQueryFiles() throws IOException {
    assertThat(read(GOOD).queries())
        .extracting(Query::name, Query::sql)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("small", "SELECT 1"),
            org.assertj.core.groups.Tuple.tuple("large_orders", "SELECT * FROM orders, small\n"));
  }

  @Test
  void overridesReplaceAndAddProperties() throws IOException {
    JobDefinition job =
        read(
            GOOD,
            "outputs.large_orders.topic=other",
            "outputs.large_orders.kafka.linger.ms=50",
            "outputs.large_orders.compression-type=zstd",
            "outputs.large_orders.partition-key=[amount]",
            "inputs.orders.event-time.out-of-order=1 min",
            "flink.parallelism.default=2",
            "queries.small=SELECT 2");

    assertThat(job.outputs().get("large_orders").options())
        .containsEntry("topic", "other")
        .containsEntry("kafka.linger.ms", "50")
        .containsEntry("compression-type", "zstd")
        .containsEntry("partition-key", "amount");
    assertThat(job.inputs().get("orders").eventTime())
        .contains(EventTime.watermark("placed_at", Duration.ofMinutes(1)));
    assertThat(job.flink()).containsEntry("parallelism.default", "2");
    assertThat(job.queries().get(0).sql()).isEqualTo("SELECT 2");
  }

  @Test
  void readsStartAsAWordOrACustomTime() throws IOException {
    String good =
        GOOD.replaceFirst(" {4}format: json\n", "    format: json\n    start: earliest\n");

    assertThat(read(good).inputs().get("orders").options()).containsEntry("start", "earliest");
    assertThat(
            read(good.replace("earliest", "{ custom: 2026-11-20T10:00:00Z }"))
                .inputs()
                .get("orders")
                .options())
        .containsEntry("start", "custom: 2026-11-20T10:00:00Z")
        .doesNotContainKey("start.custom");
    assertThat(read(good, "inputs.orders.start.custom=2026-11-20").inputs().get("orders").options())
        .containsEntry("start", "custom: 2026-11-20");
    assertProblems(
        good.replace("earliest", "{ at: noon }"),
        List.of(),
        "FILE:8:5  inputs.orders.start.custom  is required",
        "FILE:8:14  inputs.orders.start.at  unknown key; expected one of custom");
  }

  @Test
  void keepsScalarsAsWritten() throws IOException {
    JobDefinition job =
        read(
            GOOD.replace(
                "size: 10",
                "size: 00123, rack: 1.10, literal: no, exponent: 1e3, bytes: !!binary aGk="),
            "outputs.large_orders.kafka.jaas=required password=\"p #1: 'x'\";",
            "name=2024");

    assertThat(job.outputs().get("large_orders").options())
        .containsEntry("kafka.batch.size", "00123")
        .containsEntry("kafka.batch.rack", "1.10")
        .containsEntry("kafka.batch.literal", "no")
        .containsEntry("kafka.batch.exponent", "1e3")
        .containsEntry("kafka.batch.bytes", "aGk=")
        .containsEntry("kafka.jaas", "required password=\"p #1: 'x'\";");
    assertThat(job.name()).isEqualTo("2024");
  }

  @Test
  void rejectsOverridesOfUnknownProperties() {
    assertProblems(
        GOOD,
        List.of("outputs.lrge_orders.topic=x"),
        "--set outputs.lrge_orders.topic  outputs.lrge_orders  unknown output; did you mean"
            + " 'large_orders'?");
    assertProblems(
        GOOD,
        List.of("outputs.large_orders.topik=x"),
        "--set outputs.large_orders.topik  outputs.large_orders.topik  unknown key; did you mean"
            + " 'topic'?");
    assertProblems(
        GOOD,
        List.of("topic"),
        "--set  topic  must be path=value, e.g. outputs.orders.topic=orders");
    assertProblems(
        GOOD,
        List.of("outputs.large_orders.partition-key=[secret"),
        "--set  outputs.large_orders.partition-key  is not a valid YAML list or map; quote it if it"
            + " is text");
  }

  @Test
  void reportsEverySchemaViolationWithItsLocation() {
    assertProblems(
        """
        name: x
        inputs:
          orders:
            connector: kafka
            topic: orders
            format: json
            bootstrap-server: broker:9092
            columns: {}
        outputs:
          large-orders: {bootstrap-servers: "a:1", topic: t, format: json}
          large:
            bootstrap-servers: a:1
            topic:
            compression-type: zip
            format: [json]
        flnk: {}
        """,
        List.of(),
        "FILE:7:5  inputs.orders.bootstrap-server  unknown key; did you mean 'bootstrap-servers'?",
        "FILE:8:5  inputs.orders.columns  must not be empty",
        "FILE:10:3  outputs.large-orders  is not a valid table name; use letters, digits and '_',"
            + " starting with a letter or '_'",
        "FILE:13:5  outputs.large.topic  must be a string or a map, not empty",
        "FILE:14:5  outputs.large.compression-type  'zip' is invalid; expected one of none, gzip,"
            + " snappy, lz4, zstd; did you mean 'gzip'?",
        "FILE:15:5  outputs.large.format  must be a string, not a list",
        "FILE:16:1  flnk  unknown key; did you mean 'flink'?");
  }

  @Test
  void rejectsConflictingAndUnknownNames() {
    assertProblems(
        """
        name: x
        inputs:
          a: {connector: datagen, columns: {n: INT}, event-time: {column: m}}
          b: {connector: datagen, columns: {n: INT}}
        queries:
          b: SELECT 1
        outputs:
          a: {bootstrap-servers: "a:1", topic: t, format: json}
        transformation: com.acme.Both
        """,
        List.of(),
        "FILE:3:59  inputs.a.event-time.column  unknown column 'm'; expected one of n",
        "FILE:6:3  queries.b  is also the name of an input; rename one",
        "FILE:8:3  outputs.a  has no query; add queries.a",
        "FILE:8:3  outputs.a  is also the name of an input; rename one",
        "FILE:9:1  transformation  conflicts with 'queries'; keep one");
  }

  @Test
  void reportsInvalidYamlWithItsLocation() {
    assertProblems(
        "name: x\nname: y\n",
        List.of(),
        "FILE  outputs  is required",
        "FILE:2:1  name  duplicate key; first defined on line 1");
    assertProblems(
        "- a\n",
        List.of(),
        "FILE  is not a job definition; expected a map with the keys 'name' and 'outputs'");
    assertProblems(
        "",
        List.of(),
        "FILE  is not a job definition; expected a map with the keys 'name' and 'outputs'");
    assertThatExceptionOfType(InvalidDefinitionException.class)
        .isThrownBy(() -> read("name: x\n\toutputs: {}\n"))
        .withMessageStartingWith(file + ":2:1  is not valid YAML: ")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }

  @Test
  void namesFilesThatAreNotFound() {
    assertThatExceptionOfType(InvalidDefinitionException.class)
        .isThrownBy(() -> DefinitionReader.read(DefinitionSource.of("no/such/job.yaml")))
        .withMessage(
            "no/such/job.yaml  file not found: no/such/job.yaml (searched the working directory %s"
                + " and the jar)",
            Path.of("").toAbsolutePath());
    assertProblems(
        GOOD.replace("large_orders.sql", "other.sql"),
        List.of(),
        "FILE:13:3  queries.large_orders  file not found: " + folder + "/queries/other.sql");
  }

  @Test
  void rejectsDefinitionsAndQueryFilesThatAreNotUtf8() throws IOException {
    Path job = folder.resolve("job.yaml");
    Path query = folder.resolve("queries/large_orders.sql");
    Files.writeString(job, GOOD.replace("SELECT 1", "SELECT 'ä'"), ISO_8859_1);
    assertUnreadable(file + " is not UTF-8 (byte 0xE4 on line 12); save it as UTF-8");
    for (Charset utf16 : List.of(UTF_16, UTF_16LE, UTF_16BE)) {
      Files.writeString(job, GOOD, utf16);
      assertUnreadable(file + " is UTF-16; save it as UTF-8");
    }
    Files.writeString(job, "\uFEFF" + GOOD);
    Files.writeString(query, "SELECT 1\n-- ü", ISO_8859_1);
    assertUnreadable(query + " is not UTF-8 (byte 0xFC on line 2); save it as UTF-8");
  }

  @Test
  void readsFilesWithBlanksInTheirNames() throws IOException {
    Files.createDirectories(folder.resolve("my queries"));
    Files.writeString(folder.resolve("my queries/all 1.SQL"), "SELECT * FROM small");
    String job = GOOD.replace("queries/large_orders.sql", "my queries/all 1.SQL");
    Files.writeString(folder.resolve("my {job} 100%.yaml"), job);

    for (String written : List.of("my {job} 100%.yaml", "my%20{job}%20100%25.yaml")) {
      assertThat(
              DefinitionReader.read(DefinitionSource.of("file://" + folder + "/" + written))
                  .queries())
          .extracting(Query::sql)
          .containsExactly("SELECT 1", "SELECT * FROM small");
    }
    assertThat(read(job).queries().get(1).sql()).isEqualTo("SELECT * FROM small");
  }

  @Test
  void readsTextThatOnlyEndsLikeAQueryFileAsAQuery() throws IOException {
    for (String query : List.of("SELECT a FROM b.sql", "(SELECT a FROM b.sql", "-- b.sql")) {
      assertThat(
              DefinitionReader.draft(DefinitionSource.of(write(GOOD.replace("SELECT 1;", query))))
                  .definition()
                  .queries()
                  .get(0)
                  .sql())
          .isEqualTo(query);
    }
  }

  @Test
  void acceptsCommentsThatEndWithTheirLine() throws IOException {
    for (String query :
        List.of(
            "|\n    SELECT 1 -- one\n    AS n\n",
            ">\n    SELECT 1\n    AS n -- one\n",
            ">\n    SELECT '--'\n    AS n\n",
            ">\n    SELECT 1 -- one\n\n    AS n\n",
            "\"SELECT 1 -- \\\"one\\\" \\n AS n\n    , 2 AS m\"\n",
            "SELECT 1 /* one\n    two */ AS n\n")) {
      assertThat(read(GOOD.replace("SELECT 1;\n", query)).queries()).hasSize(2);
    }
  }

  @Test
  void reportsCommasAndTagsInOverrides() {
    assertProblems(
        GOOD,
        List.of("inputs.orders.columns={ a: DECIMAL(10, 2), placed_at: !ltz TIMESTAMP(3) }"),
        "--set inputs.orders.columns  inputs.orders.columns.a  a value with a comma must be quoted within { }",
        "--set inputs.orders.columns  inputs.orders.columns.placed_at  YAML tags are not supported; quote a value that begins with '!', or use a reference such as ${env:NAME}");
  }

  @Test
  void doesNotShowOptionValuesInToString() throws IOException {
    JobDefinition job = read(GOOD, "outputs.large_orders.kafka.sasl.jaas.config=hunter2");

    assertThat(job.toString()).contains("sasl.jaas.config").doesNotContain("hunter2");
    assertThat(read(GOOD, "flink.s3.secret-key=hunter2").toString())
        .contains("s3.secret-key")
        .doesNotContain("hunter2");
  }

  private void assertProblems(String yaml, List<String> sets, String... lines) {
    assertThatExceptionOfType(InvalidDefinitionException.class)
        .isThrownBy(() -> read(yaml, sets.toArray(String[]::new)))
        .satisfies(
            e ->
                assertThat(e.getMessage().replace(file, "FILE").split("\n", -1))
                    .containsExactly(lines))
        .satisfies(e -> assertThat(e.getStackTrace()).isEmpty());
  }

  private void assertUnreadable(String message) {
    assertThatExceptionOfType(InvalidDefinitionException.class)
        .isThrownBy(() -> DefinitionReader.read(DefinitionSource.of(file)))
        .satisfies(
            e ->
                assertThat(e.problems())
                    .singleElement()
                    .extracting(Problem::message)
                    .isEqualTo(message));
  }

  private String write(String yaml) throws IOException {
    Files.writeString(folder.resolve("job.yaml"), yaml);
    return file;
  }

  private JobDefinition read(String yaml, String... sets) throws IOException {
    Files.writeString(folder.resolve("job.yaml"), yaml);
    return DefinitionReader.read(DefinitionSource.of(file).with(List.of(sets)));
  }

  private static java.util.Map.Entry<String, String> entry(String key, String value) {
    return java.util.Map.entry(key, value);
  }
}
