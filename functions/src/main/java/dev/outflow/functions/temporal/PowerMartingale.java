package dev.outflow.functions.temporal;

/**
 * A bet against the exchangeability of values: it wins when many p-values are small, that is, when
 * new values do not come from the distribution of the earlier ones. All results are natural
 * logarithms.
 *
 * @see <a href="https://arxiv.org/abs/1204.3251">Fedorova, Gammerman, Nouretdinov and Vovk, Plug-in
 *     Martingales for Testing Exchangeability On-line</a>
 */
final class PowerMartingale {
  private static final double EPSILON = 0.1;

  private PowerMartingale() {}

  /** Returns the factor by which a p-value changes the capital. */
  static double bet(double p) {
    return Math.log(EPSILON) + (EPSILON - 1) * Math.log(p);
  }

  /**
   * Returns the capital after a number of bets.
   *
   * @param bets the last ones; those before them had the p-value 0.5
   */
  static double capital(double[] bets, int number) {
    double sum = (number - bets.length) * bet(0.5);
    for (double bet : bets) {
      sum += bet;
    }
    return sum;
  }
}
