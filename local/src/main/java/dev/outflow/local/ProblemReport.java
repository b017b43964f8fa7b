package dev.outflow.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.outflow.definition.Problem;
import java.util.List;
import java.util.stream.Stream;

/**
 * Formats the problems of a definition: text for people, JSON for tools.
 *
 * @param problems the problems
 * @param unchecked what could not be checked because of them
 */
record ProblemReport(List<Problem> problems, List<Problem> unchecked) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Returns one line per problem and per unchecked part, and the number of problems if there are
   * several.
   *
   * @param colors of a terminal
   */
  String text(Colors colors) {
    StringBuilder text = new StringBuilder();
    for (Problem problem : all()) {
      text.append(line(problem, colors)).append(System.lineSeparator());
    }
    if (problems.size() > 1) {
      text.append(problems.size()).append(" problems").append(System.lineSeparator());
    }
    return text.toString();
  }

  /**
   * Returns an array of objects with {@code file}, {@code line} and {@code column} (from 1; 0 for
   * the whole file or line), {@code property} and {@code message}.
   */
  String json() {
    ArrayNode all = JSON.createArrayNode();
    for (Problem problem : all()) {
      all.addObject()
          .put("file", problem.location().file())
          .put("line", problem.location().line())
          .put("column", problem.location().column())
          .put("property", problem.property())
          .put("message", problem.message());
    }
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(all);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree in memory can always be written", e);
    }
  }

  private List<Problem> all() {
    return Stream.concat(problems.stream(), unchecked.stream()).toList();
  }

  /** Returns a problem as {@link Problem#toString} does. */
  static String line(Problem problem, Colors colors) {
    return colors.bold(problem.location().toString())
        + (problem.property().isEmpty() ? "" : "  " + colors.red(problem.property()))
        + "  "
        + problem.message();
  }
}
