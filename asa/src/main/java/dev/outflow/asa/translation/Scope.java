package dev.outflow.asa.translation;

import dev.outflow.asa.column.Slot;
import dev.outflow.asa.query.Name;
import dev.outflow.sampling.column.ColumnType;
import java.util.List;
import java.util.Optional;

/**
 * The tables that the columns of a query refer to.
 *
 * @param isCollecting whether types are not final, because uses are being collected
 */
record Scope(List<Relation> relations, boolean isCollecting) {
  Scope {
    relations = List.copyOf(relations);
  }

  /** Returns the table of a name. */
  Optional<Relation> relation(Name name) {
    return relations.stream().filter(relation -> relation.isKnownAs(name)).findFirst();
  }

  /** Returns the column of a name without a table. */
  Field field(Name name) {
    List<Field> known =
        relations.stream()
            .flatMap(relation -> relation.fields().stream())
            .filter(field -> field.key().equals(name.key()))
            .toList();
    if (known.size() > 1) {
      throw new Untranslatable(
          name.at(), "'%s' is a column of several inputs; name the input".formatted(name.text()));
    }
    if (known.size() == 1) {
      return known.get(0);
    }
    return relations.stream()
        .flatMap(relation -> relation.find(name).stream())
        .findFirst()
        .orElseThrow(() -> unknown(name));
  }

  static Untranslatable unknown(Name name) {
    return new Untranslatable(name.at(), "unknown column '%s'".formatted(name.text()));
  }

  /** Returns the type of a column, as far as it is known. */
  Optional<ColumnType> type(Slot slot) {
    return isCollecting && slot.isGuessed() ? Optional.empty() : Optional.of(slot.type());
  }
}
