package dev.outflow.asa.translation;

import dev.outflow.asa.query.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** A table that a query reads, with the columns that are known of it. */
final class Relation {
  private final Optional<String> known;
  private final List<Field> fields;
  private final Optional<TimeAttribute> time;
  private final Function<Name, Optional<Field>> more;
  private final Supplier<Optional<Field>> undeclared;

  /**
   * @param known the name by which columns refer to it
   * @param more finds columns that are not among the fields
   */
  Relation(
      Optional<String> known,
      List<Field> fields,
      Optional<TimeAttribute> time,
      Function<Name, Optional<Field>> more) {
    this(known, fields, time, more, Optional::empty);
  }

  /**
   * @param undeclared finds the column of undeclared fields, if it is not among the fields
   */
  Relation(
      Optional<String> known,
      List<Field> fields,
      Optional<TimeAttribute> time,
      Function<Name, Optional<Field>> more,
      Supplier<Optional<Field>> undeclared) {
    this.known = known.map(name -> name.toLowerCase(Locale.ROOT));
    this.fields = new ArrayList<>(fields);
    this.time = time;
    this.more = more;
    this.undeclared = undeclared;
  }

  /** Returns the relation with another prefix of its columns. */
  Relation in(String before, String prefix) {
    return new Relation(
        known,
        fields.stream().map(field -> field.in(before, prefix)).toList(),
        Optional.empty(),
        name -> find(name).map(field -> field.in(before, prefix)),
        () -> undeclared().map(field -> field.in(before, prefix)));
  }

  /** Returns the relation with one more column. */
  Relation with(Field column) {
    List<Field> all = new ArrayList<>(fields);
    all.add(column);
    return new Relation(known, all, time, this::find, this::undeclared);
  }

  boolean isKnownAs(Name name) {
    return known.filter(name.key()::equals).isPresent();
  }

  Optional<String> known() {
    return known;
  }

  Optional<TimeAttribute> time() {
    return time;
  }

  List<Field> fields() {
    return List.copyOf(fields);
  }

  /** Returns the column of undeclared fields; empty if none can be passed on. */
  Optional<Field> undeclared() {
    Optional<Field> found =
        fields.stream().filter(field -> field.slot().isUndeclared()).findFirst();
    if (found.isPresent()) {
      return found;
    }
    Optional<Field> added = undeclared.get();
    added.ifPresent(fields::add);
    return added;
  }

  Optional<Field> find(Name name) {
    Optional<Field> found =
        fields.stream().filter(field -> field.key().equals(name.key())).findFirst();
    if (found.isPresent()) {
      return found;
    }
    Optional<Field> added = more.apply(name);
    added.ifPresent(fields::add);
    return added;
  }
}
