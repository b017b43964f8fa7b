package dev.outflow.asa.translation;

import dev.outflow.asa.column.DeclaredType;
import dev.outflow.asa.column.Sample;
import dev.outflow.asa.column.Slot;
import dev.outflow.asa.query.DataType;
import dev.outflow.asa.query.Name;
import dev.outflow.asa.query.Position;
import dev.outflow.asa.query.Script;
import dev.outflow.asa.query.SyntaxError;
import dev.outflow.asa.report.Findings;
import dev.outflow.asa.report.Section;
import dev.outflow.sampling.column.ColumnType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Translates scripts. The queries are translated twice: first to learn how they use columns, then
 * with the types that follow.
 */
public final class ScriptTranslator {
  private static final String DEFAULT_OUTPUT = "output";

  private final Script script;
  private final String file;
  private final Map<String, String> refused;
  private final Map<String, String> aliases = new LinkedHashMap<>();
  private final Map<String, String> outputNames = new LinkedHashMap<>();
  private final Map<String, InputTable> inputs = new LinkedHashMap<>();
  private final List<KnownInput> known;
  private final Findings findings;
  private final boolean open;
  private Names names = new Names();

  private ScriptTranslator(
      Script script,
      String file,
      List<KnownInput> known,
      List<String> outputs,
      boolean open,
      Map<String, String> refused) {
    this.open = open;
    this.script = script;
    this.file = file;
    this.known = known;
    this.refused = refused;
    this.findings = new Findings(file);
    outputs.forEach(output -> aliases.put(output.toLowerCase(Locale.ROOT), output));
  }

  /**
   * Translates a script.
   *
   * @param file of the script, as the report names it
   * @param known the inputs of the job
   * @param open whether every other name that a query reads is an input too
   * @param outputs the aliases of the job's outputs as they are spelled
   * @param refused queries of an earlier translation that Flink refuses, with its messages
   */
  public static Translation translate(
      Script script,
      String file,
      List<KnownInput> known,
      List<String> outputs,
      boolean open,
      Map<String, String> refused) {
    return new ScriptTranslator(script, file, known, outputs, open, refused).translate();
  }

  private Translation translate() {
    for (SyntaxError error : script.errors()) {
      findings.missing(
          error.at().line(),
          error.at().column(),
          error.message() + "; the statement is left out",
          Optional.empty());
    }
    nameOutputs();
    createInputs();
    new Pass(true).run();
    names = new Names();
    nameOutputs();
    inputs.values().forEach(input -> names.take(input.table()));
    Pass pass = new Pass(false);
    pass.run();
    noteColumns(pass.readInputs());
    return pass.translation();
  }

  private void nameOutputs() {
    for (Script.Statement statement : script.statements()) {
      String alias = alias(statement);
      outputNames.putIfAbsent(alias.toLowerCase(Locale.ROOT), alias);
    }
    outputNames.replaceAll((key, alias) -> names.take(alias));
  }

  private String alias(Script.Statement statement) {
    String written = statement.into().map(Name::text).orElse(DEFAULT_OUTPUT);
    return aliases.getOrDefault(written.toLowerCase(Locale.ROOT), written);
  }

  private void createInputs() {
    Map<String, KnownInput> wanted = new LinkedHashMap<>();
    known.forEach(input -> wanted.put(input.alias().toLowerCase(Locale.ROOT), input));
    if (open) {
      References.inputs(script)
          .forEach(
              (key, name) ->
                  wanted.putIfAbsent(key, new KnownInput(name.text(), false, Optional.empty())));
    }
    Map<String, Script.Table> declared = new LinkedHashMap<>();
    script.tables().forEach(table -> declared.put(table.name().key(), table));
    wanted.forEach(
        (key, input) -> {
          String name = names.take(input.alias());
          List<Slot> columns = new ArrayList<>();
          Script.Table table = declared.get(key);
          if (table != null) {
            table.columns().forEach(column -> columns.add(declare(column)));
          } else {
            input
                .sample()
                .ifPresent(
                    sample ->
                        sample
                            .columns()
                            .forEach((field, type) -> columns.add(Slot.sampled(field, type))));
          }
          inputs.put(
              key,
              new InputTable(input.alias(), name, input.isReference(), table != null, columns));
        });
  }

  private Slot declare(Script.Column column) {
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

  private void noteColumns(Set<InputTable> read) {
    for (InputTable input : read) {
      input.columns().forEach(slot -> noteColumn(input, slot, slot.name()));
      known.stream()
          .filter(one -> one.alias().equals(input.alias()))
          .flatMap(one -> one.sample().stream())
          .forEach(sample -> noteMixed(input, sample));
    }
  }

  private void noteColumn(InputTable input, Slot slot, String path) {
    if (!slot.fields().isEmpty()) {
      slot.fields().forEach(field -> noteColumn(input, field, path + "." + field.name()));
    } else if (slot.isGuessed()) {
      Position at = slot.firstUse().orElse(new Position(0, 0, 0));
      findings.decide(
          at.line(),
          at.column(),
          "inputs.%s.columns.%s is %s: %s"
              .formatted(
                  input.table(),
                  path,
                  slot.type().sql(),
                  hasSample(input) ? slot.reason() + ", not in the sample" : slot.reason()));
    }
  }

  private boolean hasSample(InputTable input) {
    return known.stream()
        .anyMatch(one -> one.alias().equals(input.alias()) && one.sample().isPresent());
  }

  private void noteMixed(InputTable input, Sample sample) {
    for (String column : sample.mixed()) {
      findings.decide(
          0,
          0,
          "inputs.%s.columns.%s is STRING: its values in %s have several types"
              .formatted(input.table(), column, sample.file()));
    }
  }

  /** One translation of all queries. */
  private final class Pass {
    private final boolean collecting;
    private final Names free;
    private final Notes notes = new Notes(findings);
    private final Map<String, Optional<Step>> steps = new LinkedHashMap<>();
    private final Map<String, List<Result>> results = new LinkedHashMap<>();
    private final List<View> views = new ArrayList<>();
    private final Set<Step> read = new LinkedHashSet<>();
    private final List<String> leftOut = new ArrayList<>();
    private final Map<String, List<View>> helpers = new LinkedHashMap<>();
    private int translated;
    private int differing;

    Pass(boolean collecting) {
      this.collecting = collecting;
      this.free = collecting ? new Names() : names;
    }

    void run() {
      for (Script.Step step : script.steps()) {
        steps.put(step.name().key(), isDuplicate(step) ? Optional.empty() : step(step));
      }
      for (Script.Statement statement : script.statements()) {
        statement(statement);
      }
    }

    /** A file with several queries, each with its own WITH, defines steps of one name twice. */
    private boolean isDuplicate(Script.Step step) {
      boolean duplicate =
          script.steps().stream()
                  .filter(other -> other.name().key().equals(step.name().key()))
                  .count()
              > 1;
      if (duplicate && !collecting) {
        findings.missing(
            step.name().at().line(),
            step.name().at().column(),
            "step %s is defined several times; the statements that read it are left out. Import each"
                    .formatted(step.name().text())
                + " query from a file of its own",
            Optional.empty());
      }
      return duplicate;
    }

    private Optional<Step> step(Script.Step step) {
      String name = free.take(step.name().text());
      Notes own = notes.apart(file);
      Views needed = new Views(name, origin(step.query().at()), free);
      try {
        Result result =
            new QueryTranslator(inputs, steps, own, needed, collecting).view(step.query());
        List<View> all = new ArrayList<>(needed.list());
        all.add(new View(name, result.sql(), origin(step.query().at())));
        checkAccepted(all, step.query().at());
        return Optional.of(new Step(name, result, all, needed.steps(), own));
      } catch (Untranslatable e) {
        leaveOut(e, "step " + step.name().text(), step.text());
        return Optional.empty();
      }
    }

    private void statement(Script.Statement statement) {
      String key = alias(statement).toLowerCase(Locale.ROOT);
      String name = outputNames.get(key);
      boolean only =
          script.statements().stream()
                  .filter(other -> alias(other).equalsIgnoreCase(alias(statement)))
                  .count()
              == 1;
      Notes own = notes.apart(file);
      Views needed = new Views(name, origin(statement.query().at()), free);
      try {
        QueryTranslator queries = new QueryTranslator(inputs, steps, own, needed, collecting);
        Result result =
            only ? queries.output(statement.query()) : queries.branch(statement.query());
        List<View> all = new ArrayList<>(needed.list());
        all.add(new View(name, result.sql(), ""));
        checkAccepted(all, statement.query().at());
        if (collecting) {
          return;
        }
        noteTimes(result, statement.query().at(), own);
        Set<Step> used = new LinkedHashSet<>();
        needed.steps().forEach(step -> addWithSteps(step, used));
        boolean differs =
            own.hasDifference() || used.stream().anyMatch(step -> step.notes().hasDifference());
        read.addAll(used);
        notes.add(own);
        results.computeIfAbsent(key, missing -> new ArrayList<>()).add(result);
        helpers.computeIfAbsent(key, missing -> new ArrayList<>()).addAll(needed.list());
        translated++;
        differing += differs ? 1 : 0;
      } catch (Untranslatable e) {
        leaveOut(e, "output " + alias(statement), statement.text());
      }
    }

    private void noteTimes(Result result, Position at, Notes own) {
      boolean time =
          result.columns().stream()
              .anyMatch(column -> column.slot().type() == ColumnType.Scalar.TIME);
      if (time) {
        own.differsOnce(
            at, "times are written with up to 3 decimals of a second; ASA writes 7", Section.TIMES);
      }
    }

    private void checkAccepted(List<View> all, Position at) {
      for (View view : all) {
        if (refused.containsKey(view.name())) {
          throw new Untranslatable(
              at,
              "Flink refuses the translation: %s. Write this query yourself"
                  .formatted(refused.get(view.name())));
        }
      }
    }

    private void leaveOut(Untranslatable e, String what, String text) {
      if (collecting) {
        return;
      }
      findings.missing(
          e.at().line(),
          e.at().column(),
          "%s: %s; the statement is left out".formatted(what, e.getMessage()),
          e.section());
      leftOut.add(
          "-- %s:%d:%d  %s: %s\n%s"
              .formatted(
                  file, e.at().line(), e.at().column(), what, e.getMessage(), commented(text)));
    }

    private String commented(String text) {
      return text.lines()
          .map(line -> ("--   " + line).stripTrailing() + "\n")
          .reduce("", String::concat);
    }

    private void addWithSteps(Step step, Set<Step> into) {
      step.steps().forEach(before -> addWithSteps(before, into));
      into.add(step);
    }

    Set<InputTable> readInputs() {
      Set<InputTable> used = new LinkedHashSet<>();
      String all = all().stream().map(View::sql).reduce("", (one, other) -> one + "\n" + other);
      for (InputTable input : inputs.values()) {
        if (all.contains(Sql.name(input.table()))) {
          used.add(input);
        }
      }
      return used;
    }

    private List<View> all() {
      if (!views.isEmpty() || results.isEmpty()) {
        return views;
      }
      Set<Step> ordered = new LinkedHashSet<>();
      steps.values().forEach(step -> step.filter(read::contains).ifPresent(ordered::add));
      for (Step step : ordered) {
        notes.add(step.notes());
        views.addAll(step.views());
      }
      results.forEach(
          (key, parts) -> {
            views.addAll(helpers.get(key));
            Script.Statement first =
                script.statements().stream()
                    .filter(statement -> alias(statement).equalsIgnoreCase(key))
                    .findFirst()
                    .orElseThrow();
            Position at = first.query().at();
            Result result = Unions.of(parts, at, notes);
            views.add(new View(outputNames.get(key), result.sql(), origin(at)));
          });
      return views;
    }

    Translation translation() {
      Map<String, Translation.Output> outputs = new LinkedHashMap<>();
      List<View> ordered = all();
      for (Script.Statement statement : script.statements()) {
        String key = alias(statement).toLowerCase(Locale.ROOT);
        if (results.containsKey(key)) {
          List<String> columns =
              results.get(key).get(0).columns().stream().map(Field::name).toList();
          outputs.put(key, new Translation.Output(alias(statement), outputNames.get(key), columns));
        }
      }
      List<Translation.Input> read =
          readInputs().stream()
              .map(
                  input ->
                      new Translation.Input(
                          input.alias(),
                          input.table(),
                          input.definitions(),
                          input.columns().stream().map(Slot::name).toList(),
                          input.eventTime(),
                          input.isByArrival(),
                          input.isComputed()))
              .toList();
      return new Translation(
          read,
          ordered,
          outputs,
          leftOut,
          script.statements().size() + script.errors().size(),
          translated,
          differing,
          findings.list());
    }

    private String origin(Position at) {
      return file + ":" + at.line();
    }
  }
}
