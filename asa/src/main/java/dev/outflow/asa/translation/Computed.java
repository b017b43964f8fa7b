package dev.outflow.asa.translation;

import dev.outflow.asa.query.Expression;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The calls of a query that views before it compute, and how the query refers to their results. */
final class Computed {
  private final Map<Expression, Sql> values = new LinkedHashMap<>();

  /** Returns the results; later views change them. */
  Map<Expression, Sql> values() {
    return values;
  }

  /** Adds a call whose result is the expression of a view that is still to be added. */
  void put(Expression call, Sql value) {
    values.put(call, value);
  }

  /** Returns the columns with the results, for the SELECT of a view. */
  List<String> columns() {
    List<String> columns = new ArrayList<>();
    values.values().forEach(value -> columns.add(value.text() + " AS " + name(columns.size())));
    return columns;
  }

  /** Refers to the columns of the view that has been added. */
  void areIn(From view) {
    String prefix = Sql.name(view.table().orElseThrow()) + ".";
    int number = 0;
    for (Map.Entry<Expression, Sql> value : values.entrySet()) {
      Sql of = value.getValue();
      value.setValue(new Sql(prefix + name(number++), of.type(), of.slot(), false));
    }
  }

  /** Refers to the same columns of another view. */
  void move(String before, String prefix) {
    values.replaceAll(
        (call, value) ->
            value.text().startsWith(before)
                ? new Sql(
                    prefix + value.text().substring(before.length()),
                    value.type(),
                    value.slot(),
                    false)
                : value);
  }

  private static String name(int number) {
    return Sql.name("over_" + (number + 1));
  }
}
