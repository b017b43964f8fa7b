package dev.outflow.asa.translation;

import dev.outflow.asa.query.Expression;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The views that one statement or step needs before its own query. */
final class Views {
  private final String statement;
  private final String origin;
  private final Names names;
  private final List<View> views = new ArrayList<>();
  private final Set<Step> steps = new LinkedHashSet<>();

  Views(String statement, String origin, Names names) {
    this.statement = statement;
    this.origin = origin;
    this.names = names;
  }

  List<View> list() {
    return views;
  }

  List<Step> steps() {
    return List.copyOf(steps);
  }

  void reads(Step step) {
    steps.add(step);
  }

  /**
   * Adds a view with all columns of what a query reads, so that a window or another OVER can read
   * it.
   *
   * @param purpose a word for its name
   * @param more further columns, as SQL with AS
   */
  From add(String purpose, From from, List<String> more) {
    return add(name(purpose), from, more, "");
  }

  /**
   * Returns a name for a view that is not taken.
   *
   * @param purpose a word of it
   */
  String name(String purpose) {
    return names.take(statement + "_" + purpose);
  }

  /**
   * Adds a view of some rows.
   *
   * @param name from {@link #name}
   * @param where the clause, or empty
   */
  From add(String name, From from, List<String> more, String where) {
    List<String> selected = new ArrayList<>();
    Set<String> taken = new HashSet<>(WindowNames.ALL);
    taken.add(TimeAttribute.IN_VIEWS);
    more.forEach(column -> taken.add(alias(column)));
    List<Relation> relations = new ArrayList<>();
    String prefix = Sql.name(name) + ".";
    for (Relation relation : from.scope().relations()) {
      List<Field> fields = new ArrayList<>();
      for (Field field : relation.fields()) {
        String column = column(field.name(), relation, taken);
        selected.add(plain(field) + " AS " + Sql.name(column));
        Field copy = new Field(field.name(), prefix + Sql.name(column), field.slot(), false);
        fields.add(copy);
      }
      relations.add(
          new Relation(
              relation.known(),
              fields,
              Optional.empty(),
              wanted ->
                  from.scope().isCollecting()
                      ? relation
                          .find(wanted)
                          .map(
                              field ->
                                  new Field(
                                      field.name(),
                                      prefix + Sql.name(field.name()),
                                      field.slot(),
                                      false))
                      : Optional.empty(),
              () ->
                  from.scope().isCollecting()
                      ? relation
                          .undeclared()
                          .map(
                              field ->
                                  new Field(
                                      field.name(),
                                      prefix + Sql.name(field.name()),
                                      field.slot(),
                                      false))
                      : Optional.empty()));
    }
    from.time()
        .ifPresent(time -> selected.add(time.sql() + " AS " + Sql.name(TimeAttribute.IN_VIEWS)));
    selected.addAll(more);
    views.add(
        new View(
            name,
            "SELECT " + String.join(",\n  ", selected) + "\nFROM " + from.sql() + where,
            origin));
    Optional<TimeAttribute> time =
        from.time()
            .map(
                of ->
                    new TimeAttribute(
                        TimeAttribute.IN_VIEWS,
                        prefix + Sql.name(TimeAttribute.IN_VIEWS),
                        of.onUse()));
    return new From(
        Sql.name(name),
        new Scope(relations, from.scope().isCollecting()),
        Optional.of(name),
        time,
        Optional.empty());
  }

  /**
   * Adds a view.
   *
   * @param name from {@link #name}
   */
  void add(String name, String sql) {
    views.add(new View(name, sql, origin));
  }

  private static String column(String wanted, Relation relation, Set<String> taken) {
    String column = wanted;
    if (!taken.add(column)) {
      column = relation.known().orElse("") + "_" + wanted;
      while (!taken.add(column)) {
        column += "_";
      }
    }
    return column;
  }

  /** Returns the name in {@code expression AS `name`}. */
  private static String alias(String column) {
    return column.substring(column.lastIndexOf(" AS `") + " AS `".length(), column.length() - 1);
  }

  /** A view has one time attribute only, and the table of an unnested record is not a value. */
  static String plain(Field field) {
    if (field.isTimeAttribute()) {
      return "CAST(%s AS TIMESTAMP_LTZ(3))".formatted(field.sql());
    }
    return Elements.isTable(field) ? Elements.record(field) : field.sql();
  }

  /** Adds a view of the rows that match a condition, with the calls that it computes. */
  From filtered(Expression where, From from, Computed computed, Notes notes) {
    Expressions in =
        new Expressions(
            from.scope(),
            notes,
            at -> QueryTranslator.time(from, at),
            computed.values(),
            Map.of(),
            false);
    String condition = "\nWHERE " + in.of(where).text();
    From view = add(name("source"), from, computed.columns(), condition);
    computed.areIn(view);
    return view;
  }
}
