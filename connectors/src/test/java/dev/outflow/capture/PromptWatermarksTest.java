package dev.outflow.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.table.data.RowData;
import org.junit.jupiter.api.Test;

class PromptWatermarksTest {
  private final List<Long> emitted = new ArrayList<>();
  private final WatermarkOutput output =
      new WatermarkOutput() {
        @Override
        public void emitWatermark(Watermark watermark) {
          emitted.add(watermark.getTimestamp());
        }

        @Override
        public void markIdle() {}

        @Override
        public void markActive() {}
      };

  @Test
  void emitsWatermarkOfFirstEventAndWheneverItAdvancesByASecond() {
    WatermarkGenerator<RowData> generator =
        PromptWatermarks.of(
                WatermarkStrategy.<RowData>forBoundedOutOfOrderness(Duration.ofMillis(500)))
            .createWatermarkGenerator(null);

    for (long time : new long[] {10_000, 10_400, 10_999, 11_000, 9_000, 15_000}) {
      generator.onEvent(null, time, output);
    }
    assertThat(emitted).containsExactly(9_499L, 10_499L, 14_499L);

    generator.onEvent(null, 15_800, output);
    generator.onPeriodicEmit(output);
    assertThat(emitted).endsWith(14_499L, 15_299L);
  }
}
