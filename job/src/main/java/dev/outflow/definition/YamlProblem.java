package dev.outflow.definition;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What the YAML parser says about a file that is not YAML, at the place that it says it about. */
final class YamlProblem {
  /** The parser names where it began, then where it stopped: the last is the one to look at. */
  private static final Pattern MARK = Pattern.compile("line (\\d+), column (\\d+)");

  private YamlProblem() {}

  static Problem of(String file, JsonProcessingException failure) {
    String told = failure.getOriginalMessage();
    Place place =
        MARK.matcher(told)
            .results()
            .reduce((earlier, later) -> later)
            .map(mark -> place(file, mark))
            .orElseGet(() -> place(file, failure.getLocation()));
    return new Problem(place, "", "is not YAML: " + withoutExcerpt(told));
  }

  private static Place place(String file, MatchResult mark) {
    return new Place(file, Integer.parseInt(mark.group(1)), Integer.parseInt(mark.group(2)));
  }

  private static Place place(String file, JsonLocation location) {
    return location == null
        ? Place.of(file)
        : new Place(file, location.getLineNr(), location.getColumnNr());
  }

  /** Excerpts of the file and marks are indented; they could hold a secret. */
  private static String withoutExcerpt(String told) {
    return told.lines().filter(line -> !line.startsWith(" ")).collect(joining(", "));
  }
}
