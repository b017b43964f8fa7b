package dev.outflow.lookup;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.Path;

/**
 * A path with {@code {date}} and {@code {time}}, as in the path pattern of Azure Stream Analytics'
 * reference inputs. It stands for the newest file whose time, in UTC, is not in the future.
 *
 * @param written the path with its formats, for messages
 * @param folder the part before the first folder or file with a date or time
 * @param levels the name of each folder below it, and of the file, as regular expressions
 * @param fields what the groups of all levels are: y, M, d, H or m
 */
record DatedPath(String written, String folder, List<String> levels, String fields)
    implements ReferencePath {
  private static final Pattern MARK = Pattern.compile("\\{(date|time)}");
  private static final Pattern FIELD = Pattern.compile("yyyy|yy|MM?|dd?|HH?|mm?");

  /** Returns whether a path has a date or time. */
  static boolean isIn(String path) {
    return MARK.matcher(path).find();
  }

  static DatedPath of(String path, String dateFormat, String timeFormat) {
    int begin = path.substring(0, path.indexOf('{')).lastIndexOf('/') + 1;
    StringBuilder regex = new StringBuilder();
    StringBuilder fields = new StringBuilder();
    String rest = path.substring(begin);
    int end = 0;
    for (MatchResult mark : MARK.matcher(rest).results().toList()) {
      literal(regex, rest.substring(end, mark.start()));
      format(regex, fields, mark.group(1).equals("date") ? dateFormat : timeFormat);
      end = mark.end();
    }
    literal(regex, rest.substring(end));
    return new DatedPath(
        path.replace("{date}", dateFormat).replace("{time}", timeFormat),
        begin == 0 ? "." : path.substring(0, begin),
        List.of(regex.toString().split("/")),
        fields.toString());
  }

  private static void format(StringBuilder regex, StringBuilder fields, String format) {
    int end = 0;
    for (MatchResult field : FIELD.matcher(format).results().toList()) {
      literal(regex, format.substring(end, field.start()));
      int digits = field.group().length();
      regex.append(digits == 1 ? "(\\d{1,2})" : "(\\d{" + digits + "})");
      fields.append(field.group().charAt(0));
      end = field.end();
    }
    literal(regex, format.substring(end));
  }

  /** Slashes separate levels. */
  private static void literal(StringBuilder regex, String text) {
    text.codePoints()
        .forEach(
            letter -> {
              if (letter != '/' && !Character.isLetterOrDigit(letter)) {
                regex.append('\\');
              }
              regex.appendCodePoint(letter);
            });
  }

  /**
   * {@inheritDoc}
   *
   * @throws ReferenceDataException if no file has a time up to {@code now}
   */
  @Override
  public FileStatus current(Instant now) throws IOException {
    List<Dated> found = new ArrayList<>();
    find(new Path(folder), "", found);
    LocalDateTime latest = LocalDateTime.ofInstant(now, ZoneOffset.UTC);
    return found.stream()
        .filter(file -> !file.time.isAfter(latest))
        .max(Comparator.comparing(Dated::time))
        .map(Dated::file)
        .orElseThrow(
            () ->
                new ReferenceDataException(
                    "no file matches %s with a time up to now, %s UTC"
                        .formatted(written, latest.withNano(0))));
  }

  private void find(Path parent, String names, List<Dated> found) throws IOException {
    int level = names.isEmpty() ? 0 : names.split("/").length;
    boolean isLast = level + 1 == levels.size();
    Pattern name = Pattern.compile(levels.get(level));
    FileStatus[] children = parent.getFileSystem().listStatus(parent);
    for (FileStatus child : children == null ? new FileStatus[0] : children) {
      String childName = child.getPath().getName();
      if (!name.matcher(childName).matches() || child.isDir() == isLast) {
        continue;
      }
      if (isLast) {
        time(names + childName).ifPresent(time -> found.add(new Dated(child, time)));
      } else {
        find(child.getPath(), names + childName + "/", found);
      }
    }
  }

  /** Returns the time in a path; empty if the date does not exist, e.g. February 30. */
  private Optional<LocalDateTime> time(String path) {
    Matcher matcher = Pattern.compile(String.join("/", levels)).matcher(path);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int[] values = new int['y' + 1];
    values['M'] = 1;
    values['d'] = 1;
    for (int i = 0; i < fields.length(); i++) {
      values[fields.charAt(i)] = Integer.parseInt(matcher.group(i + 1));
    }
    int year = values['y'] < 100 ? 2000 + values['y'] : values['y'];
    try {
      return Optional.of(
          LocalDateTime.of(year, values['M'], values['d'], values['H'], values['m']));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private record Dated(FileStatus file, LocalDateTime time) {}
}
