package dev.outflow.option;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.apache.commons.text.similarity.JaroWinklerSimilarity;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Suggests known names for an unknown one. */
public final class Suggestion {
  private static final double MIN_SIMILARITY = 0.85;
  private static final JaroWinklerSimilarity SIMILARITY = new JaroWinklerSimilarity();
  private static final int MAX_EDITS = 2;
  private static final LevenshteinDistance DISTANCE = new LevenshteinDistance(MAX_EDITS);

  private Suggestion() {}

  /** Returns {@code ; did you mean 'topic'?}, or all known names if none is similar. */
  public static String among(Collection<String> known, String written) {
    return nearest(known, written)
        .map("; did you mean '%s'?"::formatted)
        .orElseGet(() -> "; expected one of " + String.join(", ", known));
  }

  /** Returns the most similar name, if one is similar enough. */
  public static Optional<String> nearest(Collection<String> known, String written) {
    return known.stream()
        .max(Comparator.comparingDouble(name -> SIMILARITY.apply(name, written)))
        .filter(name -> SIMILARITY.apply(name, written) >= MIN_SIMILARITY);
  }

  /**
   * Returns the name that was probably meant, where unknown names are allowed: at an edit distance
   * of at most two.
   */
  public static Optional<String> misspelled(Collection<String> known, String written) {
    return known.stream()
        .filter(name -> !name.equals(written) && DISTANCE.apply(name, written) >= 0)
        .min(Comparator.comparingInt(name -> DISTANCE.apply(name, written)));
  }
}
