package dev.outflow.option;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.apache.commons.text.similarity.JaroWinklerSimilarity;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** What someone may have meant who wrote a name that does not exist. */
public final class Suggestion {
  private static final double ALIKE = 0.85;
  private static final JaroWinklerSimilarity SIMILARITY = new JaroWinklerSimilarity();
  private static final int SLIPS = 2;
  private static final LevenshteinDistance DISTANCE = new LevenshteinDistance(SLIPS);

  private Suggestion() {}

  /** {@code ; did you mean 'topic'?}, or the names there are when none is alike. */
  public static String among(Collection<String> known, String written) {
    return nearest(known, written)
        .map("; did you mean '%s'?"::formatted)
        .orElseGet(() -> "; known are " + String.join(", ", known));
  }

  /** The name that is most alike, if any is. */
  public static Optional<String> nearest(Collection<String> known, String written) {
    return known.stream()
        .max(Comparator.comparingDouble(name -> SIMILARITY.apply(name, written)))
        .filter(name -> SIMILARITY.apply(name, written) >= ALIKE);
  }

  /**
   * The name that was probably meant, where names are allowed that are not known: two slips of the
   * pen away at most.
   */
  public static Optional<String> misspelt(Collection<String> known, String written) {
    return known.stream()
        .filter(name -> !name.equals(written) && DISTANCE.apply(name, written) >= 0)
        .min(Comparator.comparingInt(name -> DISTANCE.apply(name, written)));
  }
}
