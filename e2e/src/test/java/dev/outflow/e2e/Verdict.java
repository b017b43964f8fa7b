package dev.outflow.e2e;

import java.util.ArrayList;
import java.util.List;

/**
 * What a {@link Judge} found.
 *
 * @param copied how many different numbers were copied
 * @param counted how many windows have a result
 * @param lost numbers and windows that should be there
 * @param doubled numbers and windows that are there again
 * @param wrong windows that were counted wrongly, numbers that came too late for their device
 * @param examples some of them, in words
 */
record Verdict(int copied, int counted, int lost, int doubled, int wrong, List<String> examples) {

  /** Nothing lost, doubled or wrong. */
  boolean flawless() {
    return lost + doubled + wrong == 0;
  }

  /** A verdict as it grows. */
  static final class Problems {
    private static final int EXAMPLES = 20;

    private final List<String> examples = new ArrayList<>();
    private int lost;
    private int doubled;
    private int wrong;

    void lost(String what) {
      lost++;
      example("lost: " + what);
    }

    void doubled(String what) {
      doubled++;
      example("doubled: " + what);
    }

    void wrong(String what) {
      wrong++;
      example("wrong: " + what);
    }

    Problems copy() {
      Problems copy = new Problems();
      copy.examples.addAll(examples);
      copy.lost = lost;
      copy.doubled = doubled;
      copy.wrong = wrong;
      return copy;
    }

    Verdict verdict(int copied, int counted) {
      return new Verdict(copied, counted, lost, doubled, wrong, List.copyOf(examples));
    }

    private void example(String text) {
      if (examples.size() < EXAMPLES) {
        examples.add(text);
      }
    }
  }
}
