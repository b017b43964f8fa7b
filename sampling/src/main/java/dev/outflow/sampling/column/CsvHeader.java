package dev.outflow.sampling.column;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The names in CSV.
 *
 * @param names the names of the columns
 * @param inEachRecord whether each record starts with a line of names
 */
record CsvHeader(List<String> names, boolean inEachRecord) {
  private static final Pattern NAME = Pattern.compile("\\p{L}[\\p{L}\\p{N}_ .\\-]*");

  CsvHeader {
    names = List.copyOf(names);
  }

  /** Finds a line of names: the first line of each record, or of the sample as a whole. */
  static Optional<CsvHeader> find(List<CsvLine> lines) {
    List<CsvLine> firsts = lines.stream().filter(CsvLine::isFirstOfSeveral).toList();
    List<String> first = lines.get(0).fields();
    boolean repeated =
        firsts.size() > 1
            && firsts.stream().map(CsvLine::fields).allMatch(first::equals)
            && areNames(first);
    if (repeated) {
      return Optional.of(new CsvHeader(first, true));
    }
    List<CsvLine> others = lines.stream().filter(line -> !line.fields().equals(first)).toList();
    return areNames(first) && differ(first, others)
        ? Optional.of(new CsvHeader(first, lines.get(0).isFirstOfSeveral()))
        : Optional.empty();
  }

  private static boolean areNames(List<String> fields) {
    return new HashSet<>(fields).size() == fields.size()
        && fields.stream().allMatch(field -> NAME.matcher(field).matches());
  }

  /** Returns whether a column has values of another kind than its possible name. */
  private static boolean differ(List<String> first, List<CsvLine> others) {
    for (int index = 0; index < first.size(); index++) {
      int column = index;
      List<String> values =
          others.stream()
              .filter(line -> line.fields().size() > column)
              .map(line -> line.fields().get(column))
              .filter(value -> !value.isEmpty())
              .toList();
      if (!values.isEmpty() && CsvKind.of(values) != CsvKind.TEXT) {
        return true;
      }
    }
    return false;
  }
}
