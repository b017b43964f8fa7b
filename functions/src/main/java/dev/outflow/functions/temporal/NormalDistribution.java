package dev.outflow.functions.temporal;

/** The standard normal distribution. */
final class NormalDistribution {
  private static final double[] NUMERATOR = {
    3.52624965998911E-02,
    0.700383064443688,
    6.37396220353165,
    33.912866078383,
    112.079291497871,
    221.213596169931,
    220.206867912376
  };
  private static final double[] DENOMINATOR = {
    8.83883476483184E-02,
    1.75566716318264,
    16.064177579207,
    86.7807322029461,
    296.564248779674,
    637.333633378831,
    793.826512519948,
    440.413735824752
  };
  private static final double SQRT_OF_2_PI = Math.sqrt(2 * Math.PI);
  private static final double END_OF_POLYNOMIALS = 5 * Math.sqrt(2);

  private NormalDistribution() {}

  /**
   * Returns the probability of a value above z, with a relative error below 1e-8.
   *
   * @see <a href="https://en.wikipedia.org/wiki/Normal_distribution">Hart, Computer Approximations,
   *     1968, algorithm 5666</a>
   */
  static double above(double z) {
    double size = Math.abs(z);
    double density = Math.exp(-size * size / 2);
    double tail =
        size < END_OF_POLYNOMIALS
            ? density * polynomial(NUMERATOR, size) / polynomial(DENOMINATOR, size)
            : density / fraction(size) / SQRT_OF_2_PI;
    return z < 0 ? 1 - tail : tail;
  }

  private static double polynomial(double[] coefficients, double x) {
    double sum = 0;
    for (double coefficient : coefficients) {
      sum = sum * x + coefficient;
    }
    return sum;
  }

  private static double fraction(double x) {
    double result = x + 0.65;
    for (int term = 4; term > 0; term--) {
      result = x + term / result;
    }
    return result;
  }
}
