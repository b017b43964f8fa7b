package dev.outflow.local;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The problem matcher in {@code .vscode/tasks.json} of new projects: what Visual Studio Code
 * underlines.
 *
 * @param begins matches the line that removes earlier problems
 * @param ends matches the line after the last problem
 */
record ProblemMatcher(Pattern problem, JsonNode groups, Pattern begins, Pattern ends) {
  private static final Path TASKS =
      Path.of("../archetype/src/main/resources/archetype-resources/.vscode/tasks.json");

  static JsonNode task() throws IOException {
    return JsonMapper.builder()
        .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
        .build()
        .readTree(TASKS.toFile())
        .at("/tasks/0");
  }

  static ProblemMatcher ofNewProjects() throws IOException {
    JsonNode matcher = task().get("problemMatcher");
    return new ProblemMatcher(
        Pattern.compile(matcher.at("/pattern/regexp").textValue()),
        matcher.get("pattern"),
        Pattern.compile(matcher.at("/background/beginsPattern").textValue()),
        Pattern.compile(matcher.at("/background/endsPattern").textValue()));
  }

  /** Returns the parts of a line, e.g. {@code file} and {@code message}, if it is a problem. */
  Optional<Map<String, String>> parts(String line) {
    Matcher found = problem.matcher(line);
    if (!found.find()) {
      return Optional.empty();
    }
    Map<String, String> parts = new LinkedHashMap<>();
    groups
        .properties()
        .forEach(
            group -> {
              if (group.getValue().isInt()) {
                parts.put(group.getKey(), found.group(group.getValue().intValue()));
              }
            });
    return Optional.of(parts);
  }
}
