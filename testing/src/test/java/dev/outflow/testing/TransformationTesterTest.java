package dev.outflow.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.outflow.definition.InvalidDefinitionException;
import dev.outflow.example.DistinctOrders;
import dev.outflow.transformation.Transformation;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Map;
import org.apache.flink.table.api.Schema;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransformationTesterTest {
  private static final Path JOB = Path.of("..", "conf", "job.yaml");
  private static final Schema CLICKS =
      Schema.newBuilder()
          .column("page", "STRING")
          .column("clicked_at", "TIMESTAMP_LTZ(3)")
          .watermark("clicked_at", "clicked_at - INTERVAL '5' SECOND")
          .build();
  private static final Transformation CLICKS_PER_MINUTE =
      tables ->
          Map.of(
              "counts",
              tables.sqlQuery(
                  "SELECT page, window_start, COUNT(*) AS clicks FROM TUMBLE(TABLE clicks,"
                      + " DESCRIPTOR(clicked_at), INTERVAL '1' MINUTE) GROUP BY page, window_start,"
                      + " window_end"));

  @TempDir private Path folder;

  @Test
  void dropsRowsThatAreLateInTheOrderOfArrival() {
    TestedOutputs outputs =
        TransformationTester.of(CLICKS_PER_MINUTE)
            .input(
                "clicks",
                CLICKS,
                click("home", "10:00:59"),
                click("home", "10:01:04.999"),
                click("home", "10:00:58"), // The watermark is 10:00:59.999: the window has ended.
                click("home", "10:01:58"))
            .run();

    assertThat(outputs.output("counts"))
        .containsExactly(count("home", "10:00", 1), count("home", "10:01", 2));
  }

  @Test
  void countsOutOfOrderRowsWithinTheWatermarkDelay() {
    TestedOutputs outputs =
        TransformationTester.of(CLICKS_PER_MINUTE)
            .input(
                "clicks",
                CLICKS,
                click("home", "10:00:59"),
                click("home", "10:01:04"),
                click("home", "10:00:58"))
            .run();

    assertThat(outputs.output("counts"))
        .containsExactly(count("home", "10:00", 2), count("home", "10:01", 1));
  }

  @Test
  void runsQueriesOfADefinitionWithItsColumnsAndEventTime() {
    Row customer = Row.of("Ana", "Kraków");
    TestedOutputs outputs =
        TransformationTester.of(JOB)
            .input(
                "orders",
                Row.of("a", customer, 1, new BigDecimal("250.00"), true, at("10:00:00")),
                Row.of("b", customer, 2, new BigDecimal("1.00"), false, at("10:00:01")))
            .run();

    assertThat(outputs.output("large_orders"))
        .containsExactly(Row.of("a", customer, new BigDecimal("250.00"), true, at("10:00:00")));
    assertThat(outputs.output("city_revenue"))
        .extracting(row -> row.getField("city"), row -> row.getField("revenue"))
        .containsExactly(tuple("Kraków", new BigDecimal("251.00")));
  }

  @Test
  void suppliesComputedAndMetadataColumns() throws IOException {
    Path job =
        write(
            """
            name: metadata
            inputs:
              readings:
                connector: kafka
                bootstrap-servers: ${env:A_BROKER_THAT_NO_TEST_NEEDS}
                topic: readings
                format: json
                columns:
                  celsius: DOUBLE
                  fahrenheit: AS celsius * 1.8 + 32
                  written_at: TIMESTAMP_LTZ(3) METADATA FROM 'timestamp'
                event-time: { column: written_at }
            queries:
              warm: SELECT fahrenheit, written_at FROM readings WHERE celsius > 20
            outputs:
              warm:
                bootstrap-servers: ${env:A_BROKER_THAT_NO_TEST_NEEDS}
                topic: warm
                format: json
                security-protocol: sasl_ssl
                username: ${keyvault:a-vault:no-test-needs}
                password: ${keyvault:a-vault:no-test-needs}
            """);

    TestedOutputs outputs =
        TransformationTester.of(job)
            .input("readings", Row.of(10.0, at("10:00:00")), Row.of(30.0, at("10:00:01")))
            .run();

    assertThat(outputs.output("warm")).containsExactly(Row.of(86.0, at("10:00:01")));
  }

  @Test
  void emitsNothingForAnInputWithoutRows() {
    assertThat(TransformationTester.of(JOB).run().output("large_orders")).isEmpty();
  }

  @Test
  void suggestsTheClosestNameForAnUnknownInputOrOutput() {
    TransformationTester job = TransformationTester.of(JOB);

    assertThatThrownBy(() -> job.input("order"))
        .hasMessage("unknown input 'order'; did you mean 'orders'?");
    assertThatThrownBy(() -> job.run().output("large_order"))
        .hasMessage("unknown output 'large_order'; did you mean 'large_orders'?");
    assertThatThrownBy(() -> TransformationTester.of(new DistinctOrders()).input("orders"))
        .hasMessage("input 'orders' has no columns; use input(name, Schema, rows)");
  }

  @Test
  void rejectsRowsThatDoNotMatchTheColumns() {
    TransformationTester clicks = TransformationTester.of(CLICKS_PER_MINUTE);

    assertThatThrownBy(() -> clicks.input("clicks", CLICKS, Row.of("home")).run())
        .hasMessage(
            "input 'clicks', row 1 has 1 values; expected one for each of page, clicked_at");
    assertThatThrownBy(() -> clicks.input("clicks", CLICKS, Row.of("home", "10:00")).run())
        .hasMessage(
            "input 'clicks', row 1: column 'clicked_at' of type TIMESTAMP_LTZ(3) requires a"
                + " java.time.Instant, not a java.lang.String");
  }

  @Test
  void rejectsInvalidDefinition() throws IOException {
    Path job = write("name: nothing\n");

    assertThatThrownBy(() -> TransformationTester.of(job))
        .isInstanceOf(InvalidDefinitionException.class)
        .hasMessageContaining(job.toString());
  }

  @Test
  void reportsTheRootCauseOfAFailedJob() {
    Transformation failing =
        tables -> Map.of("numbers", tables.sqlQuery("SELECT CAST(page AS INT) FROM clicks"));

    assertThatThrownBy(
            () ->
                TransformationTester.of(failing)
                    .input("clicks", CLICKS, click("home", "10:00:00"))
                    .run())
        .isInstanceOf(JobFailedException.class)
        .hasMessageContaining("NumberFormatException: For input string: 'home'");
  }

  private Path write(String yaml) throws IOException {
    return Files.writeString(folder.resolve("job.yaml"), yaml);
  }

  private static Row click(String page, String time) {
    return Row.of(page, at(time));
  }

  private static Row count(String page, String minute, long clicks) {
    return Row.of(page, LocalDateTime.parse("2026-11-24T" + minute + ":00"), clicks);
  }

  private static Instant at(String time) {
    return Instant.parse("2026-11-24T" + time + "Z");
  }
}
