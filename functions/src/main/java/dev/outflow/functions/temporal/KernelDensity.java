package dev.outflow.functions.temporal;

import org.apache.commons.numbers.gamma.Erfc;

/**
 * The distribution of values, estimated with a Gaussian kernel around each of them. It adapts: the
 * width of the kernels is the standard deviation of the values.
 */
final class KernelDensity {
  /** Probabilities are between this and 1 minus this, so that their logarithms are finite. */
  static final double LEAST = 1e-8;

  /** Twice the square of a width is at least the square of this. */
  private static final double LEAST_WIDTH = 1e-6 / Math.sqrt(2);

  private KernelDensity() {}

  /**
   * Returns the probability of a value above another one; 0.5 if no values are known.
   *
   * @param values those that are known
   */
  static double above(double value, double[] values) {
    if (values.length == 0) {
      return 0.5;
    }
    double width = width(values);
    double sum = 0;
    for (double known : values) {
      // Halves, because the difference of the largest numbers is not finite.
      sum += aboveNormal((value / 2 - known / 2) / (width / 2));
    }
    return Math.min(Math.max(sum / values.length, LEAST), 1 - LEAST);
  }

  /** Returns the probability of a value as far from the middle of others, on its side. */
  static double beyond(double value, double[] values) {
    double above = above(value, values);
    return Math.min(above, 1 - above);
  }

  /** Returns the probability that a value of the standard normal distribution is above z. */
  private static double aboveNormal(double z) {
    return Erfc.value(z / Math.sqrt(2)) / 2;
  }

  private static double width(double[] values) {
    if (values.length == 1) {
      return 1;
    }
    double mean = 0;
    for (double value : values) {
      mean += value / values.length;
    }
    double variance = 0;
    for (double value : values) {
      variance += (value - mean) * (value - mean) / values.length;
    }
    return Math.max(Math.sqrt(variance), LEAST_WIDTH);
  }
}
