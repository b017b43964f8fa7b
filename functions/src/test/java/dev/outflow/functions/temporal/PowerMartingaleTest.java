package dev.outflow.functions.temporal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PowerMartingaleTest {
  /** 0.1 / 0.5^0.9 is 0.18661; 0.1 / 0.01^0.9 is 6.30957. */
  @Test
  void winsWithSmallPValues() {
    assertThat(Math.exp(PowerMartingale.bet(0.5))).isCloseTo(0.186607, within(1e-6));
    assertThat(Math.exp(PowerMartingale.bet(0.01))).isCloseTo(6.309573, within(1e-6));
  }

  @Test
  void takesMissingValuesAsUnremarkable() {
    double[] bets = {PowerMartingale.bet(0.01), PowerMartingale.bet(0.01)};

    assertThat(Math.exp(PowerMartingale.capital(bets, 2))).isCloseTo(39.810717, within(1e-6));
    assertThat(Math.exp(PowerMartingale.capital(bets, 3)))
        .isCloseTo(39.810717 * 0.186607, within(1e-4));
  }
}
