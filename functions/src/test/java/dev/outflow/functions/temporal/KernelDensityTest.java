package dev.outflow.functions.temporal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class KernelDensityTest {
  /** The standard deviation of 1 and 3 is 1: half of the tails of N(1, 1) and N(3, 1). */
  @Test
  void isTheMeanOfKernelsAsWideAsTheStandardDeviation() {
    double[] values = {1, 3};

    assertThat(KernelDensity.above(2, values)).isCloseTo(0.5, within(1e-9));
    assertThat(KernelDensity.above(3, values)).isCloseTo((0.022750131948 + 0.5) / 2, within(1e-9));
    assertThat(KernelDensity.beyond(1, values)).isCloseTo((0.5 + 0.022750131948) / 2, within(1e-9));
  }

  @Test
  void takesOneValueAsTheMiddleOfTheStandardNormalDistribution() {
    assertThat(KernelDensity.above(8, new double[] {7})).isCloseTo(0.158655254, within(1e-9));
    assertThat(KernelDensity.above(8, new double[0])).isEqualTo(0.5);
  }

  @Test
  void noticesTheSmallestChangeOfAConstant() {
    double[] constant = {20, 20, 20};

    assertThat(KernelDensity.above(20, constant)).isEqualTo(0.5);
    assertThat(KernelDensity.above(20.001, constant)).isEqualTo(KernelDensity.LEAST);
    assertThat(KernelDensity.above(19.999, constant)).isEqualTo(1 - KernelDensity.LEAST);
  }

  @Test
  void isAProbabilityWhateverTheValues() {
    Random random = new Random(5);
    for (int run = 0; run < 2000; run++) {
      double scale = Math.pow(10, random.nextInt(609) - 300);
      double[] values =
          random.doubles(1 + random.nextInt(20), -1, 1).map(value -> value * scale).toArray();
      double value = random.nextGaussian() * Math.pow(10, random.nextInt(609) - 300);

      assertThat(KernelDensity.above(value, values))
          .isBetween(KernelDensity.LEAST, 1 - KernelDensity.LEAST);
      assertThat(KernelDensity.beyond(value, values)).isBetween(KernelDensity.LEAST, 0.5);
    }
  }
}
