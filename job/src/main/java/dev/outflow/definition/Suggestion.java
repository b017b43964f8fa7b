package dev.outflow.definition;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.apache.commons.text.similarity.JaroWinklerSimilarity;

/** What someone may have meant who wrote a name that does not exist. */
final class Suggestion {
  private static final double ALIKE = 0.85;
  private static final JaroWinklerSimilarity SIMILARITY = new JaroWinklerSimilarity();

  private Suggestion() {}

  /** {@code ; did you mean 'topic'?}, or the names there are when none is alike. */
  static String among(Collection<String> known, String written) {
    Optional<String> nearest =
        known.stream()
            .max(Comparator.comparingDouble(name -> SIMILARITY.apply(name, written)))
            .filter(name -> SIMILARITY.apply(name, written) >= ALIKE);
    return nearest
        .map("; did you mean '%s'?"::formatted)
        .orElseGet(() -> "; known are " + String.join(", ", known));
  }
}
