package dev.outflow.definition;

import java.util.Optional;

/**
 * Finds a comment of a query that YAML has extended: it joins the lines of {@code >}, of quoted and
 * of plain text, so that {@code --} would comment out everything that follows, without an error.
 */
final class FoldedComment {
  private FoldedComment() {}

  /**
   * Returns a problem if a comment continues beyond the line on which it is written.
   *
   * @param sql the query as YAML reads it
   * @param written the query as it is written, from its first character to the end of its last line
   */
  static Optional<String> find(String sql, String written) {
    if (written.startsWith("|")) {
      return Optional.empty();
    }
    String unescaped = written.replace("\\\"", "\"").replace("''", "'").replace("\\\\", "\\");
    return SqlText.lineComments(sql).stream()
        .map(comment -> comment.replace("''", "'").strip())
        .filter(comment -> unescaped.lines().noneMatch(line -> line.contains(comment)))
        .findFirst()
        .map(
            comment ->
                ("the comment '%s' also hides the lines after it, because YAML joins the lines of %s;"
                        + " use '|' instead, which keeps them")
                    .formatted(start(comment, unescaped), style(written)));
  }

  /** Returns the part of the comment on its own line. */
  private static String start(String comment, String written) {
    int end = comment.length();
    while (end > 2 && !written.contains(comment.substring(0, end))) {
      end--;
    }
    return comment.substring(0, end).strip();
  }

  private static String style(String written) {
    return switch (written.isEmpty() ? ' ' : written.charAt(0)) {
      case '>' -> "'>'";
      case '"', '\'' -> "a quoted text";
      default -> "a text without '|'";
    };
  }
}
