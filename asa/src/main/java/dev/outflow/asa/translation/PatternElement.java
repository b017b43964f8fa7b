package dev.outflow.asa.translation;

import dev.outflow.asa.query.Pattern;
import dev.outflow.asa.report.Section;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A variable of a pattern with the number of rows it takes. Flink has neither alternatives nor
 * repeated groups.
 *
 * @param variable its name; one of its own for any row
 * @param least the smallest number of rows
 * @param most the greatest one; empty for any number
 * @param isLast whether the pattern ends with it, so that it takes the smallest number of rows
 * @param isBeforeOptional whether the next one can have no rows; Flink needs it to be reluctant
 *     then
 */
record PatternElement(
    String variable, int least, OptionalInt most, boolean isLast, boolean isBeforeOptional) {
  /** Returns the elements of a pattern in order. */
  static List<PatternElement> of(Pattern pattern) {
    List<PatternElement> elements = new ArrayList<>();
    add(pattern, elements);
    PatternElement last = elements.get(elements.size() - 1);
    if (last.least() == 0) {
      throw new Untranslatable(
          pattern.at(),
          "PATTERN: the last variable, '%s', must need a row here: a match ends with the smallest number of rows"
              .formatted(last.variable()),
          Section.PATTERN);
    }
    for (int index = 0; index < elements.size(); index++) {
      elements.set(index, elements.get(index).before(elements.subList(index + 1, elements.size())));
    }
    Set<String> names = new HashSet<>();
    for (PatternElement element : elements) {
      if (!names.add(element.variable().toLowerCase(Locale.ROOT))) {
        throw new Untranslatable(
            pattern.at(),
            "PATTERN: '%s' occurs twice; Flink needs two variables".formatted(element.variable()),
            Section.PATTERN);
      }
    }
    return List.copyOf(elements);
  }

  private static void add(Pattern pattern, List<PatternElement> elements) {
    if (pattern instanceof Pattern.Sequence sequence) {
      sequence.parts().forEach(part -> add(part, elements));
    } else if (pattern instanceof Pattern.Repeated repeated) {
      elements.add(
          new PatternElement(
              variable(repeated.of(), elements.size()),
              repeated.least(),
              repeated.most(),
              false,
              false));
    } else {
      elements.add(
          new PatternElement(
              variable(pattern, elements.size()), 1, OptionalInt.of(1), false, false));
    }
  }

  private static String variable(Pattern pattern, int index) {
    if (pattern instanceof Pattern.Variable variable) {
      return variable.name().text();
    } else if (pattern instanceof Pattern.AnyRow) {
      return "any_row_" + (index + 1);
    }
    throw new Untranslatable(
        pattern.at(),
        pattern instanceof Pattern.Choice
            ? "PATTERN: Flink has no alternatives (A | B); define one variable with both conditions"
            : "PATTERN: Flink cannot repeat several variables together",
        Section.PATTERN);
  }

  private PatternElement before(List<PatternElement> following) {
    boolean optional = !following.isEmpty() && following.get(0).least() == 0;
    return new PatternElement(variable, least, most, following.isEmpty(), optional);
  }

  boolean isRepeated() {
    return most.orElse(Integer.MAX_VALUE) != least;
  }

  /** Returns whether the pattern ends with fewer rows than it could. */
  boolean isShortened() {
    return isLast && isRepeated();
  }

  /** Returns the element as Flink writes it. */
  String sql() {
    boolean isReluctant = isBeforeOptional && isRepeated() && most.orElse(2) > 1;
    return Sql.name(variable) + quantifier() + (isReluctant ? "?" : "");
  }

  private String quantifier() {
    int greatest = isLast ? least : most.orElse(Integer.MAX_VALUE);
    if (greatest == least) {
      return least == 1 ? "" : "{%d}".formatted(least);
    } else if (least == 0 && greatest == 1) {
      return "?";
    } else if (greatest == Integer.MAX_VALUE) {
      return least == 0 ? "*" : least == 1 ? "+" : "{%d,}".formatted(least);
    }
    return "{%d,%d}".formatted(least, greatest);
  }
}
