package dev.outflow.transformation;

import java.util.ArrayList;
import java.util.List;

/**
 * A query with replaced words, which remembers where they were.
 *
 * @param text the text with all replacements
 * @param edits the replacements in their order
 */
record EditedSql(String text, List<Edit> edits) {

  /**
   * A replacement.
   *
   * @param at where the replaced word begins
   * @param growth how much longer the new word is
   */
  record Edit(SqlPosition at, int growth) {}

  static EditedSql of(String sql) {
    return new EditedSql(sql, List.of());
  }

  /** Replaces the word that begins at an index. */
  EditedSql replace(int index, String word, String replacement) {
    List<Edit> all = new ArrayList<>(edits);
    all.add(new Edit(SqlPosition.at(text, index), replacement.length() - word.length()));
    String edited = text.substring(0, index) + replacement + text.substring(index + word.length());
    return new EditedSql(edited, all);
  }

  /** Returns the position in the query as written of one in the edited text. */
  SqlPosition written(SqlPosition position) {
    SqlPosition written = position;
    for (int i = edits.size() - 1; i >= 0; i--) {
      Edit edit = edits.get(i);
      if (edit.at().line() == written.line() && edit.at().column() < written.column()) {
        written =
            new SqlPosition(
                written.line(), Math.max(edit.at().column(), written.column() - edit.growth()));
      }
    }
    return written;
  }
}
