package dev.outflow.asa.translation;

import dev.outflow.asa.query.Position;
import dev.outflow.asa.report.Section;
import java.util.Optional;

/** A statement has no equivalent in Flink SQL, so it is left out. */
final class Untranslatable extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final transient Position at;
  private final transient Optional<Section> section;

  private Untranslatable(Position at, String message, Optional<Section> section) {
    super(message, null, false, false);
    this.at = at;
    this.section = section;
  }

  Untranslatable(Position at, String message) {
    this(at, message, Optional.empty());
  }

  /** With a section of docs/migrate.md that shows an alternative. */
  Untranslatable(Position at, String message, Section section) {
    this(at, message, Optional.of(section));
  }

  Position at() {
    return at;
  }

  Optional<Section> section() {
    return section;
  }
}
