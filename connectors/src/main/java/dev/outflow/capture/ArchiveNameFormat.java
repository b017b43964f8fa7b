package dev.outflow.capture;

import java.io.Serializable;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.core.fs.Path;

/**
 * The Capture file name format of an event hub, {@code ArchiveNameFormat} in Azure's API: where in
 * the path of a file event hub, partition and time are.
 */
public final class ArchiveNameFormat implements Serializable {
  private static final long serialVersionUID = 1;
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w+)}");
  private static final List<String> TIME =
      List.of("Year", "Month", "Day", "Hour", "Minute", "Second");
  private static final Set<String> REQUIRED = required();

  private final Pattern files;

  private ArchiveNameFormat(Pattern files) {
    this.files = files;
  }

  /**
   * Parses a format.
   *
   * @throws IllegalArgumentException if a placeholder is unknown or missing
   */
  public static ArchiveNameFormat parse(String format) {
    StringBuilder regex = new StringBuilder("(?:^|/)");
    Set<String> found = new TreeSet<>();
    int end = 0;
    for (MatchResult placeholder : PLACEHOLDER.matcher(format).results().toList()) {
      String name = placeholder.group(1);
      if (!REQUIRED.contains(name) || !found.add(name)) {
        throw new IllegalArgumentException(
            "placeholder '{%s}' is unknown or appears twice; expected each of %s once"
                .formatted(name, names(REQUIRED)));
      }
      regex.append(Pattern.quote(format.substring(end, placeholder.start())));
      regex.append("(?<").append(name).append('>').append(values(name)).append(')');
      end = placeholder.end();
    }
    Set<String> missing = new TreeSet<>(REQUIRED);
    missing.removeAll(found);
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException(
          "lacks %s, which Azure requires as well".formatted(names(missing)));
    }
    regex.append(Pattern.quote(format.substring(end))).append("\\.avro$");
    return new ArchiveNameFormat(Pattern.compile(regex.toString()));
  }

  /** Returns what the path of a file says; empty if Capture did not write it in this format. */
  public Optional<CaptureFile> file(Path path) {
    Matcher matcher = files.matcher(path.getPath());
    if (!matcher.find()) {
      return Optional.empty();
    }
    int[] time = TIME.stream().mapToInt(field -> Integer.parseInt(matcher.group(field))).toArray();
    try {
      return Optional.of(
          new CaptureFile(
              matcher.group("EventHub"),
              Integer.parseInt(matcher.group("PartitionId")),
              LocalDateTime.of(time[0], time[1], time[2], time[3], time[4], time[5])));
    } catch (DateTimeException e) {
      return Optional.empty(); // February 30, for example.
    }
  }

  private static String values(String placeholder) {
    return switch (placeholder) {
      case "Namespace", "EventHub" -> "[^/]+";
      case "PartitionId" -> "\\d{1,6}";
      case "Year" -> "\\d{4}";
      default -> "\\d{2}";
    };
  }

  private static Set<String> required() {
    List<String> names = new ArrayList<>(List.of("Namespace", "EventHub", "PartitionId"));
    names.addAll(TIME);
    return new TreeSet<>(names);
  }

  private static String names(Set<String> placeholders) {
    return "{" + String.join("}, {", placeholders) + "}";
  }
}
