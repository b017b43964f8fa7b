package dev.outflow.asa.translation;

import dev.outflow.asa.query.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A step that has been translated to views.
 *
 * @param view the view with the result
 * @param views all views it consists of, in order
 * @param steps the steps it reads
 */
record Step(String view, Result result, List<View> views, List<Step> steps, Notes notes) {
  /** Returns the step as a query reads it. */
  Relation relation(Name known) {
    String prefix = Sql.name(known.text()) + ".";
    return new Relation(
        Optional.of(known.text()),
        fields(prefix),
        result
            .time()
            .map(
                time ->
                    new TimeAttribute(
                        TimeAttribute.IN_VIEWS,
                        prefix + Sql.name(TimeAttribute.IN_VIEWS),
                        time.onUse())),
        name ->
            result
                .more()
                .apply(name)
                .map(
                    field ->
                        new Field(
                            field.name(), prefix + Sql.name(field.name()), field.slot(), false)));
  }

  /** Returns the value of System.Timestamp() as a query reads it, if it is not a time attribute. */
  Optional<String> timestamp(Name known) {
    return result.hasTimestamp()
        ? Optional.of(Sql.name(known.text()) + "." + Sql.name(TimeAttribute.IN_VIEWS))
        : Optional.empty();
  }

  private List<Field> fields(String prefix) {
    List<Field> fields = new ArrayList<>();
    result
        .columns()
        .forEach(
            column ->
                fields.add(
                    new Field(
                        column.name(), prefix + Sql.name(column.name()), column.slot(), false)));
    return fields;
  }
}
