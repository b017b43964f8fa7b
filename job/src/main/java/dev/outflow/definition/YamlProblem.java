package dev.outflow.definition;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Turns a failure of the YAML parser into problems. */
final class YamlProblem {
  /** The parser names where it started, then where it stopped: the last one matters. */
  private static final Pattern MARK = Pattern.compile("line (\\d+), column (\\d+)");

  private static final String TAB = "\\t(TAB)";
  private static final Pattern INDENTED_BY_TAB = Pattern.compile(" *\\t.*");

  private YamlProblem() {}

  static List<Problem> of(SourceFile file, JsonProcessingException failure) {
    List<Problem> tabs = failure.getOriginalMessage().contains(TAB) ? tabs(file) : List.of();
    return tabs.isEmpty() ? List.of(problem(file.path(), failure)) : tabs;
  }

  private static Problem problem(String file, JsonProcessingException failure) {
    String message = failure.getOriginalMessage();
    Location location =
        MARK.matcher(message)
            .results()
            .reduce((earlier, later) -> later)
            .map(mark -> location(file, mark))
            .orElseGet(() -> Location.of(file, failure.getLocation()));
    return new Problem(location, "", "is not valid YAML: " + withoutExcerpt(message));
  }

  private static List<Problem> tabs(SourceFile file) {
    List<String> lines = file.text().lines().toList();
    return IntStream.range(0, lines.size())
        .filter(index -> INDENTED_BY_TAB.matcher(lines.get(index)).matches())
        .mapToObj(
            index ->
                new Problem(
                    new Location(file.path(), index + 1, lines.get(index).indexOf('\t') + 1),
                    "",
                    "is not valid YAML: tabs cannot be used for indentation; use spaces"))
        .toList();
  }

  private static Location location(String file, MatchResult mark) {
    return new Location(file, Integer.parseInt(mark.group(1)), Integer.parseInt(mark.group(2)));
  }

  /** Leaves out indented lines: excerpts of the file, which could contain a secret, and marks. */
  private static String withoutExcerpt(String message) {
    return message.lines().filter(line -> !line.startsWith(" ")).collect(joining(", "));
  }
}
