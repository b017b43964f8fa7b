package dev.outflow.e2e;

import java.util.ArrayList;
import java.util.List;

/**
 * The findings of an {@link OutputVerifier}.
 *
 * @param copied the number of distinct numbers copied
 * @param counted the number of windows with a result
 * @param lost missing numbers and windows
 * @param duplicated numbers and windows that arrived more than once
 * @param wrong windows with a wrong result and numbers out of order within their device
 * @param examples some of them, described
 */
record Findings(
    int copied, int counted, int lost, int duplicated, int wrong, List<String> examples) {

  /** Returns whether nothing was lost, duplicated or wrong. */
  boolean isEmpty() {
    return lost + duplicated + wrong == 0;
  }

  /** Collects findings. */
  static final class Problems {
    private static final int EXAMPLES = 20;

    private final List<String> examples = new ArrayList<>();
    private int lost;
    private int duplicated;
    private int wrong;

    void lost(String what) {
      lost++;
      example("lost: " + what);
    }

    void duplicated(String what) {
      duplicated++;
      example("duplicated: " + what);
    }

    void wrong(String what) {
      wrong++;
      example("wrong: " + what);
    }

    Problems copy() {
      Problems copy = new Problems();
      copy.examples.addAll(examples);
      copy.lost = lost;
      copy.duplicated = duplicated;
      copy.wrong = wrong;
      return copy;
    }

    Findings findings(int copied, int counted) {
      return new Findings(copied, counted, lost, duplicated, wrong, List.copyOf(examples));
    }

    private void example(String text) {
      if (examples.size() < EXAMPLES) {
        examples.add(text);
      }
    }
  }
}
