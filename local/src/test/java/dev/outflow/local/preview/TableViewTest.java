package dev.outflow.local.preview;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.definition.EventTime;
import dev.outflow.kafka.TopicSubscription;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.flink.types.RowKind;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class TableViewTest {
  private final StringWriter out = new StringWriter();

  @Test
  void drawsTheLatestRowsOfAChangelogAndWhatIsWrong() {
    TableView view = view(new Terminal.Size(24, 80), false);
    view.show(
        List.of(
            row(RowKind.INSERT, "{\"city\":\"Porto\",\"n\":1}"),
            row(RowKind.UPDATE_AFTER, "{\"city\":\"Porto\",\"n\":2}"),
            row(RowKind.DELETE, null),
            new PreviewEvent.BadRecord(
                "orders",
                "InputDeserializerError.InvalidData",
                Optional.of("amount"),
                "the text is not a valid DOUBLE",
                "shop-orders",
                0,
                7),
            new PreviewEvent.LateRow(
                "orders",
                Instant.parse("2026-11-24T10:00:00Z"),
                Instant.parse("2026-11-24T10:00:05Z"),
                null,
                0)),
        status(3, Map.of("orders", "bootstrap-servers: no broker responded")));

    assertThat(lines())
        .containsExactly(
            "\033[Jpreview of shop, 4 s; nothing is written; press Ctrl-C to stop",
            "input orders: 42 records, late 1, watermark 2026-11-24T10:00:05Z, bad 2 (InputD…",
            "output per_city: 3 rows, bad 0",
            "op  key    city   n  value",
            "+I  Porto  Porto  1",
            "+U  Porto  Porto  2",
            "-D  Porto            null",
            "bad record of input orders, topic shop-orders, partition 0, offset 7: InputDese…",
            "late row of input orders, event time 2026-11-24T10:00:00Z, 5000 ms behind the w…",
            "input orders cannot be read: bootstrap-servers: no broker responded");
  }

  @Test
  void neverDrawsMoreThanTheTerminalShowsAndDrawsOverTheLastFrame() {
    TableView view = view(new Terminal.Size(10, 60), true);
    List<PreviewEvent> rows =
        IntStream.range(0, 1_000)
            .<PreviewEvent>mapToObj(number -> row(RowKind.INSERT, "{\"n\":%d}".formatted(number)))
            .toList();
    view.show(rows, status(1_000, Map.of()));
    assertThat(lines()).hasSizeLessThan(10).last().isEqualTo("Porto  999");
    assertThat(out.toString()).contains("output per_city: 1000 rows, bad 0, the latest 5 of them");
    int drawn = lines().size();
    out.getBuffer().setLength(0);
    view.show(List.of(), status(1_000, Map.of()));
    assertThat(out.toString()).startsWith("\033[%dA\033[J\033[1mpreview of shop".formatted(drawn));
  }

  private TableView view(Terminal.Size size, boolean color) {
    return new TableView(
        new PrintWriter(out),
        new Terminal(() -> size, color),
        "shop",
        new RecordJson(Map.of("per_city", value -> new String(value, UTF_8))));
  }

  private static PreviewEvent row(RowKind kind, String value) {
    return new PreviewEvent.Written(
        "per_city",
        kind,
        new ProducerRecord<>(
            "per-city", "Porto".getBytes(UTF_8), value == null ? null : value.getBytes(UTF_8)));
  }

  private static PreviewStatus status(long rows, Map<String, String> outages) {
    return new PreviewStatus(
        Duration.ofSeconds(4),
        true,
        List.of(
            new PreviewedInput(
                "orders",
                new TopicSubscription.Topics(List.of("shop-orders")),
                "broker:9092",
                Optional.of(EventTime.watermark("placed_at", Duration.ZERO)))),
        Map.of(
            "orders",
            new InputProgress.Snapshot(
                true,
                40,
                0,
                1,
                Map.of("InputDeserializerError.InvalidData", 2L),
                Optional.of(Instant.parse("2026-11-24T10:00:05Z")))),
        Map.of(),
        outages,
        Map.of("per_city", new PreviewedOutput("per_city", List.of("per-city"), "broker:9092")),
        Map.of("per_city", new OutputProgress.Snapshot(true, rows, 0)));
  }

  private List<String> lines() {
    return out.toString().lines().toList();
  }
}
