package dev.outflow.kafka.input;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.kafka.error.RecordProblem;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class InputDecoderTest {
  private static final int ROWS = 20_000;

  @Test
  @Timeout(30) // Takes minutes if each problem parses the whole record.
  void explainsARecordWithManyBadRowsQuickly() throws Exception {
    InputDecoder decoder =
        InputDecoder.of(
            "i",
            ResolvedSchema.of(Column.physical("id", DataTypes.INT().notNull())),
            Map.of("format", "json"));
    String row = "{\"name\":\"%s\"}".formatted("x".repeat(40));

    List<RecordProblem> problems =
        decoder.decode(("{\"ID\":1}" + row.repeat(ROWS)).getBytes(UTF_8), good -> {});

    assertThat(problems).hasSize(ROWS + 1);
    assertThat(problems.get(0).message())
        .endsWith("the record has 'ID', and names are case-sensitive");
  }
}
