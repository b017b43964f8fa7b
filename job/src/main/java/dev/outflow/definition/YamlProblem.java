package dev.outflow.definition;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** What the YAML parser says about a file that is not YAML, at the place that it says it about. */
final class YamlProblem {
  /** The parser names where it began, then where it stopped: the last is the one to look at. */
  private static final Pattern MARK = Pattern.compile("line (\\d+), column (\\d+)");

  private static final String TAB = "\\t(TAB)";
  private static final Pattern INDENTED_BY_TAB = Pattern.compile(" *\\t.*");

  private YamlProblem() {}

  static List<Problem> of(SourceText source, JsonProcessingException failure) {
    String told = failure.getOriginalMessage();
    List<Problem> tabs = told.contains(TAB) ? tabs(source) : List.of();
    return tabs.isEmpty() ? List.of(problem(source.location(), failure)) : tabs;
  }

  private static Problem problem(String file, JsonProcessingException failure) {
    String told = failure.getOriginalMessage();
    Location place =
        MARK.matcher(told)
            .results()
            .reduce((earlier, later) -> later)
            .map(mark -> place(file, mark))
            .orElseGet(() -> Location.of(file, failure.getLocation()));
    return new Problem(place, "", "is not YAML: " + withoutExcerpt(told));
  }

  private static List<Problem> tabs(SourceText source) {
    List<String> lines = source.text().lines().toList();
    return IntStream.range(0, lines.size())
        .filter(index -> INDENTED_BY_TAB.matcher(lines.get(index)).matches())
        .mapToObj(
            index ->
                new Problem(
                    new Location(source.location(), index + 1, lines.get(index).indexOf('\t') + 1),
                    "",
                    "is not YAML: a tab cannot indent; use spaces"))
        .toList();
  }

  private static Location place(String file, MatchResult mark) {
    return new Location(file, Integer.parseInt(mark.group(1)), Integer.parseInt(mark.group(2)));
  }

  /** Excerpts of the file and marks are indented; they could hold a secret. */
  private static String withoutExcerpt(String told) {
    return told.lines().filter(line -> !line.startsWith(" ")).collect(joining(", "));
  }
}
