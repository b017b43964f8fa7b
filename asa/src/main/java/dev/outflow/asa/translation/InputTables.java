package dev.outflow.asa.translation;

import dev.outflow.asa.column.DeclaredType;
import dev.outflow.asa.column.Slot;
import dev.outflow.asa.query.DataType;
import dev.outflow.asa.query.Name;
import dev.outflow.asa.query.Script;
import dev.outflow.asa.report.Findings;
import dev.outflow.sampling.column.ColumnType;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Creates the inputs of a script: their columns come from CREATE TABLE, else from samples. */
final class InputTables {
  private InputTables() {}

  /**
   * Returns the inputs by their aliases in lowercase.
   *
   * @param known the inputs of the job
   * @param open whether every other name that a query reads is an input too
   * @param names that are free
   */
  static Map<String, InputTable> of(
      Script script, List<KnownInput> known, boolean open, Names names, Findings findings) {
    Map<String, KnownInput> wanted = new LinkedHashMap<>();
    known.forEach(input -> wanted.put(input.alias().toLowerCase(Locale.ROOT), input));
    if (open) {
      for (Map.Entry<String, Name> read : References.inputs(script).entrySet()) {
        wanted.putIfAbsent(
            read.getKey(), new KnownInput(read.getValue().text(), false, true, Optional.empty()));
      }
    }
    Map<String, Script.Table> declared = new LinkedHashMap<>();
    script.tables().forEach(table -> declared.put(table.name().key(), table));
    Map<String, InputTable> inputs = new LinkedHashMap<>();
    wanted.forEach(
        (key, input) -> {
          Optional<Script.Table> table = Optional.ofNullable(declared.get(key));
          List<Slot> columns =
              table
                  .map(found -> found.columns().stream().map(of -> declare(of, findings)).toList())
                  .orElseGet(() -> sampled(input, findings));
          inputs.put(key, new InputTable(input, names::take, table.isPresent(), columns));
        });
    return inputs;
  }

  private static List<Slot> sampled(KnownInput input, Findings findings) {
    Map<String, String> names = new HashMap<>();
    input
        .sample()
        .map(sample -> sample.columns().keySet())
        .orElse(Set.of())
        .forEach(
            name ->
                Optional.ofNullable(names.put(name.toLowerCase(Locale.ROOT), name))
                    .ifPresent(
                        other ->
                            findings.decide(
                                0,
                                0,
                                "the sample of '%s' has '%s' and '%s', which are one column in ASA; here queries read '%s' only"
                                    .formatted(input.alias(), other, name, name))));
    return input.sample().stream()
        .flatMap(sample -> sample.columns().entrySet().stream())
        .map(column -> Slot.sampled(column.getKey(), column.getValue()))
        .toList();
  }

  private static Slot declare(Script.Column column, Findings findings) {
    DataType type = column.type();
    Optional<ColumnType> known = DeclaredType.of(type);
    if (known.isEmpty()) {
      findings.decide(
          type.at().line(),
          type.at().column(),
          "%s: the parts of '%s' are taken from the queries"
              .formatted(column.name().text(), type.name()));
      return Slot.used(column.name().text(), column.name().at());
    }
    return Slot.declared(column.name().text(), known.get());
  }
}
