package dev.outflow.deploy.metrics;

import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A selector in a PromQL expression: {@code name{label=~"pattern"}}.
 *
 * @param labels patterns by label; {@code __name__} is the metric's name
 */
record Selector(Map<String, Pattern> labels) {
  private static final String NAME = "__name__";

  /** A name without braces counts only if it is Flink's: others are functions or labels. */
  private static final Pattern SELECTOR =
      Pattern.compile("(flink_\\w+|up)?\\{([^}]*)}|\\b(flink_\\w+)");

  private static final Pattern LABEL = Pattern.compile("(\\w+)=(~?)\"([^\"]*)\"");
  private static final Pattern LITERAL = Pattern.compile("\"(?:\\$\\d|[^\"]*\\(\\.\\*\\)[^\"]*)\"");

  /** Returns all selectors in a PromQL expression whose variables have been replaced. */
  static List<Selector> in(String expression) {
    // The arguments of label_replace are not selectors.
    String code = LITERAL.matcher(expression).replaceAll("\"\"");
    return SELECTOR.matcher(code).results().map(found -> of(found.group(1), found)).toList();
  }

  private static Selector of(String name, MatchResult found) {
    String known = name == null ? found.group(3) : name;
    String matchers = found.group(2) == null ? "" : found.group(2);
    Map<String, Pattern> labels =
        LABEL
            .matcher(matchers)
            .results()
            .collect(
                Collectors.toMap(
                    label -> label.group(1),
                    label ->
                        Pattern.compile(
                            label.group(2).isEmpty()
                                ? Pattern.quote(label.group(3))
                                : label.group(3))));
    if (known != null) {
      labels.put(NAME, Pattern.compile(known));
    }
    return new Selector(labels);
  }

  boolean isOfPrometheus() {
    return matchesName("up");
  }

  boolean matchesName(String name) {
    return labels.get(NAME).matcher(name).matches();
  }

  boolean matches(Sample sample) {
    return labels.entrySet().stream()
        .allMatch(
            label -> {
              String value =
                  label.getKey().equals(NAME) ? sample.name() : sample.labels().get(label.getKey());
              return label.getValue().matcher(value == null ? "" : value).matches();
            });
  }

  @Override
  public String toString() {
    return labels.toString();
  }
}
