package dev.outflow.deploy.metrics;

import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A sample from the output of Flink's Prometheus reporter. */
record Sample(String name, Map<String, String> labels, double value) {
  private static final Pattern LINE = Pattern.compile("(\\w+)(?:\\{(.*)})? (\\S+)");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

  static List<Sample> all(String text) {
    return text.lines().filter(line -> !line.startsWith("#")).map(Sample::of).toList();
  }

  private static Sample of(String line) {
    Matcher parts = LINE.matcher(line);
    if (!parts.matches()) {
      throw new IllegalArgumentException("not a sample: " + line);
    }
    String labels = parts.group(2) == null ? "" : parts.group(2);
    return new Sample(
        parts.group(1),
        LABEL
            .matcher(labels)
            .results()
            .collect(
                Collectors.toMap(label -> label.group(1), (MatchResult label) -> label.group(2))),
        Double.parseDouble(parts.group(3)));
  }
}
