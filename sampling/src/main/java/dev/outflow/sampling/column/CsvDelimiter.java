package dev.outflow.sampling.column;

import static java.util.Comparator.comparingLong;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the delimiter of CSV: the character that splits most lines into equally many fields. */
final class CsvDelimiter {
  static final char DEFAULT = ',';
  private static final List<Character> CANDIDATES = List.of(DEFAULT, ';', '\t', '|');
  private static final double MIN_LINES = 0.5;

  private CsvDelimiter() {}

  /** Returns the delimiter; empty if the texts have a single field. */
  static Optional<Character> of(Collection<String> texts) {
    return CANDIDATES.stream()
        .filter(delimiter -> lines(texts, delimiter) >= MIN_LINES * lines(texts))
        .max(comparingLong(delimiter -> lines(texts, delimiter)));
  }

  private static long lines(Collection<String> texts) {
    return texts.stream().flatMap(String::lines).filter(line -> !line.isBlank()).count();
  }

  /** Returns how many lines have the most frequent number of delimiters, which is not 0. */
  private static long lines(Collection<String> texts, char delimiter) {
    return texts.stream()
        .flatMap(String::lines)
        .map(line -> line.chars().filter(character -> character == delimiter).count())
        .filter(count -> count > 0)
        .collect(groupingBy(count -> count, counting()))
        .entrySet()
        .stream()
        .mapToLong(Map.Entry::getValue)
        .max()
        .orElse(0);
  }
}
