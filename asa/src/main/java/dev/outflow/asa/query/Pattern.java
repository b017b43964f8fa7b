package dev.outflow.asa.query;

import java.util.List;
import java.util.OptionalInt;

/** What PATTERN of MATCH_RECOGNIZE asks for: a regular expression of rows. */
public sealed interface Pattern {
  /** Returns where the pattern begins. */
  Position at();

  /** A row that meets the condition of a variable. */
  record Variable(Name name) implements Pattern {
    @Override
    public Position at() {
      return name.at();
    }
  }

  /** Any row, written as a dot. */
  record AnyRow(Position at) implements Pattern {}

  /** Patterns one after the other. */
  record Sequence(List<Pattern> parts, Position at) implements Pattern {
    public Sequence {
      parts = List.copyOf(parts);
    }
  }

  /** One pattern or another. */
  record Choice(List<Pattern> options, Position at) implements Pattern {
    public Choice {
      options = List.copyOf(options);
    }
  }

  /**
   * A pattern several times.
   *
   * @param most empty for any number
   */
  record Repeated(Pattern of, int least, OptionalInt most) implements Pattern {
    @Override
    public Position at() {
      return of.at();
    }
  }
}
