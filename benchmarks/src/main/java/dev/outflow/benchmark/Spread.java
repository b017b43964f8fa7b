package dev.outflow.benchmark;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;

/** The median and range of repetitions. */
record Spread(double median, double min, double max) {
  static Spread of(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return new Spread(median, sorted[0], sorted[sorted.length - 1]);
  }

  static Spread of(List<Turn> turns, ToDoubleFunction<Turn> figure) {
    return of(turns.stream().mapToDouble(figure).toArray());
  }

  /** Returns the spread of ratios of two contestants, repetition by repetition. */
  static Spread of(List<Turn> one, List<Turn> other, ToDoubleBiFunction<Turn, Turn> ratio) {
    double[] ratios = new double[one.size()];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = ratio.applyAsDouble(one.get(i), other.get(i));
    }
    return of(ratios);
  }

  /** Formats it, e.g. {@code 1.23 (1.20–1.31)}. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%.2f (%.2f–%.2f)", median, min, max);
  }
}
