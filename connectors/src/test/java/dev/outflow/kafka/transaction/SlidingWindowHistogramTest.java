package dev.outflow.kafka.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SlidingWindowHistogramTest {
  private final SlidingWindowHistogram histogram = new SlidingWindowHistogram();

  @Test
  void computesStatisticsOfTheValues() {
    for (int value = 100; value >= 1; value--) {
      histogram.update(value);
    }
    assertThat(histogram.getStatistics().getQuantile(0.5)).isEqualTo(50);
    assertThat(histogram.getStatistics().getQuantile(0.99)).isEqualTo(99);
    assertThat(histogram.getStatistics().getQuantile(1)).isEqualTo(100);
    assertThat(histogram.getStatistics().getMean()).isEqualTo(50.5);
    assertThat(histogram.getStatistics().getMin()).isEqualTo(1);
    assertThat(histogram.getStatistics().getMax()).isEqualTo(100);
  }

  @Test
  void dropsOldValuesButCountsThem() {
    for (int value = 0; value < 5000; value++) {
      histogram.update(value);
    }
    assertThat(histogram.getCount()).isEqualTo(5000);
    assertThat(histogram.getStatistics().size()).isEqualTo(1024);
    assertThat(histogram.getStatistics().getMin()).isEqualTo(5000 - 1024);
  }

  @Test
  void quantilesAreNaNWithoutValues() {
    assertThat(histogram.getStatistics().getQuantile(0.99)).isNaN();
  }
}
