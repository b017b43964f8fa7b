package dev.outflow.functions.scalar;

import java.util.function.Function;

/** Compiles patterns and keeps the last one, as most calls have the same in each row. */
final class LastPattern<T> {
  private final Function<String, T> compiler;
  private String pattern;
  private T compiled;

  LastPattern(Function<String, T> compiler) {
    this.compiler = compiler;
  }

  T of(String wanted) {
    if (!wanted.equals(pattern)) {
      compiled = compiler.apply(wanted);
      pattern = wanted;
    }
    return compiled;
  }
}
