package dev.outflow.kafka.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecentValuesTest {
  private final RecentValues values = new RecentValues();

  @Test
  void quantilesAreThoseOfTheValues() {
    for (int value = 100; value >= 1; value--) {
      values.update(value);
    }
    assertThat(values.getStatistics().getQuantile(0.5)).isEqualTo(50);
    assertThat(values.getStatistics().getQuantile(0.99)).isEqualTo(99);
    assertThat(values.getStatistics().getQuantile(1)).isEqualTo(100);
    assertThat(values.getStatistics().getMean()).isEqualTo(50.5);
    assertThat(values.getStatistics().getMin()).isEqualTo(1);
    assertThat(values.getStatistics().getMax()).isEqualTo(100);
  }

  @Test
  void oldValuesAreForgottenButCounted() {
    for (int value = 0; value < 5000; value++) {
      values.update(value);
    }
    assertThat(values.getCount()).isEqualTo(5000);
    assertThat(values.getStatistics().size()).isEqualTo(1024);
    assertThat(values.getStatistics().getMin()).isEqualTo(5000 - 1024);
  }

  @Test
  void noValueIsNoNumberRatherThanAGoodOne() {
    assertThat(values.getStatistics().getQuantile(0.99)).isNaN();
  }
}
