package dev.outflow.asa.translation;

import dev.outflow.asa.query.Name;
import dev.outflow.asa.query.Query;
import dev.outflow.asa.query.Script;
import dev.outflow.asa.query.Source;
import java.util.LinkedHashMap;
import java.util.Map;

/** The inputs that a script reads. */
final class References {
  private References() {}

  /** Returns the names that are no steps, by their key, as the script spells them first. */
  static Map<String, Name> inputs(Script script) {
    Map<String, Name> found = new LinkedHashMap<>();
    script.steps().forEach(step -> collect(step.query(), found));
    script.statements().forEach(statement -> collect(statement.query(), found));
    script.steps().forEach(step -> found.remove(step.name().key()));
    return found;
  }

  private static void collect(Query query, Map<String, Name> into) {
    if (query instanceof Query.Union union) {
      collect(union.left(), into);
      collect(union.right(), into);
    } else if (query instanceof Query.Select select) {
      collect(select.from(), into);
    }
  }

  private static void collect(Source source, Map<String, Name> into) {
    if (source instanceof Source.Table table) {
      into.putIfAbsent(table.name().key(), table.name());
    } else if (source instanceof Source.Subquery subquery) {
      collect(subquery.query(), into);
    } else if (source instanceof Source.Join join) {
      collect(join.first(), into);
      collect(join.second(), into);
    } else if (source instanceof Source.Apply apply) {
      collect(apply.source(), into);
    } else if (source instanceof Source.Match match) {
      collect(match.source(), into);
    }
  }
}
