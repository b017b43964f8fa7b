package dev.outflow.asa.translation;

import dev.outflow.asa.query.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The input of a table function: a table whose columns include the keys of PARTITION BY.
 *
 * @param from the table
 * @param alias the name by which columns refer to it, in SQL
 * @param partition names of the key columns
 * @param extra names of further columns that were asked for
 */
record PartitionedInput(From from, String alias, List<String> partition, List<String> extra) {
  private static final String KEY = "partition_key";
  private static final String ARGUMENT = "over_argument";

  /** Returns what a query reads, with a view before it if some key is not a column of a table. */
  static PartitionedInput of(
      From from,
      List<Expression> keys,
      List<Expression> extra,
      Computed computed,
      Notes notes,
      Views views) {
    Expressions in = Overs.expressions(from, notes, false);
    List<String> sql = keys.stream().map(key -> in.of(key).text()).toList();
    String alias = alias(from);
    boolean plain =
        from.table().isPresent()
            && extra.isEmpty()
            && sql.stream().allMatch(key -> column(key, alias).isPresent());
    if (plain) {
      return new PartitionedInput(
          from,
          alias,
          sql.stream().map(key -> column(key, alias).orElseThrow()).distinct().toList(),
          List.of());
    }
    List<String> more = new ArrayList<>(computed.columns());
    for (int key = 0; key < sql.size(); key++) {
      more.add(sql.get(key) + " AS " + Sql.name(numbered(KEY, key)));
    }
    for (int column = 0; column < extra.size(); column++) {
      more.add(in.of(extra.get(column)).text() + " AS " + Sql.name(numbered(ARGUMENT, column)));
    }
    From view = views.add("source", from, more);
    computed.areIn(view);
    return new PartitionedInput(
        view,
        alias(view),
        IntStream.range(0, sql.size()).mapToObj(key -> numbered(KEY, key)).toList(),
        IntStream.range(0, extra.size()).mapToObj(column -> numbered(ARGUMENT, column)).toList());
  }

  private static String numbered(String name, int index) {
    return index == 0 ? name : name + "_" + (index + 1);
  }

  /** Returns the alias in {@code `table` AS `alias`}. */
  static String alias(From from) {
    int as = from.sql().lastIndexOf(" AS ");
    return as < 0 ? from.sql() : from.sql().substring(as + " AS ".length());
  }

  /** Returns the name of a column if an expression is {@code alias.`name`}. */
  static Optional<String> column(String sql, String alias) {
    boolean isColumn =
        sql.startsWith(alias + ".`") && sql.indexOf('`', alias.length() + 2) == sql.length() - 1;
    return isColumn
        ? Optional.of(sql.substring(alias.length() + 2, sql.length() - 1))
        : Optional.empty();
  }

  /** Returns the table argument. */
  String table() {
    String keys = String.join(", ", partition.stream().map(Sql::name).toList());
    return "TABLE "
        + Sql.name(from.table().orElseThrow())
        + (keys.isEmpty() ? "" : " PARTITION BY (" + keys + ")");
  }

  /** Returns how a query refers to a column. */
  String qualified(String column) {
    return alias + "." + Sql.name(column);
  }

  /** Returns the results of a function, whose columns have the same names. */
  From replacedBy(String function, String time) {
    return new From(
        function + " AS " + alias,
        from.scope(),
        Optional.empty(),
        from.time().map(of -> new TimeAttribute(time, qualified(time), of.onUse())),
        Optional.empty());
  }

  /** Returns the columns of a record that is a whole row of the input. */
  From inRecord(From rows, String record, String time) {
    String prefix = alias + "." + record + ".";
    List<Relation> relations =
        rows.scope().relations().stream()
            .map(relation -> relation.in(alias + ".", prefix))
            .toList();
    return new From(
        rows.sql(),
        new Scope(relations, rows.scope().isCollecting()),
        Optional.empty(),
        rows.time(),
        Optional.of(prefix + Sql.name(time)));
  }
}
