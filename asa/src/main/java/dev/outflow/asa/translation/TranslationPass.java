package dev.outflow.asa.translation;

import static java.util.stream.Collectors.joining;

import dev.outflow.asa.query.Position;
import dev.outflow.asa.query.Script;
import dev.outflow.asa.report.Findings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One translation of all queries of a script. */
final class TranslationPass {
  private final Script script;
  private final String file;
  private final Map<String, InputTable> inputs;
  private final OutputNames outputs;
  private final Map<String, String> refused;
  private final Names names;
  private final Findings findings;
  private final boolean collecting;
  private final Notes notes;
  private final LeftOut leftOut;
  private final Map<String, Optional<Step>> steps = new HashMap<>();
  private final List<Step> translatedSteps = new ArrayList<>();
  private final TranslatedStatements statements;

  /**
   * @param refused names of views that Flink refuses, with its messages
   * @param names that are free
   * @param collecting whether the types of columns are not final yet
   */
  TranslationPass(
      Script script,
      String file,
      Map<String, InputTable> inputs,
      List<KnownFunction> functions,
      OutputNames outputs,
      Map<String, String> refused,
      Names names,
      Findings findings,
      boolean collecting) {
    this.script = script;
    this.file = file;
    this.inputs = inputs;
    this.outputs = outputs;
    this.refused = refused;
    this.names = names;
    this.findings = findings;
    this.collecting = collecting;
    this.notes = new Notes(findings, functions);
    this.leftOut = new LeftOut(file, findings);
    this.statements = new TranslatedStatements(outputs);
  }

  /**
   * A statement reads the steps before it: a file with several queries can define steps of one name
   * several times.
   */
  void run() {
    int step = 0;
    for (Script.Statement statement : script.statements()) {
      step = stepsBefore(statement.query().at().offset(), step);
      statement(statement);
    }
    stepsBefore(Integer.MAX_VALUE, step);
    statements.collect();
  }

  private int stepsBefore(int offset, int first) {
    int index = first;
    while (index < script.steps().size()
        && script.steps().get(index).query().at().offset() < offset) {
      Script.Step step = script.steps().get(index++);
      Optional<Step> translated = step(step);
      steps.put(step.name().key(), translated);
      translated.ifPresent(translatedSteps::add);
    }
    return index;
  }

  private Optional<Step> step(Script.Step step) {
    String name = names.take(step.name().text());
    Position at = step.query().at();
    Notes own = notes.apart(file);
    Views views = new Views(name, origin(at), names);
    try {
      Result result =
          new QueryTranslator(inputs, steps, own, views, collecting, true)
              .translate(step.query(), Purpose.VIEW);
      List<View> all = new ArrayList<>(views.list());
      all.add(new View(name, result.sql(), origin(at)));
      checkAccepted(all, at);
      return Optional.of(new Step(name, result, all, views.steps(), own));
    } catch (Untranslatable e) {
      leftOut.add(e, "step " + step.name().text(), step.text());
      return Optional.empty();
    }
  }

  private void statement(Script.Statement statement) {
    String name = outputs.name(outputs.key(statement));
    Position at = statement.query().at();
    Notes own = notes.apart(file);
    Views views = new Views(name, origin(at), names);
    try {
      Result result =
          new QueryTranslator(inputs, steps, own, views, collecting, outputs.isJson(statement))
              .translate(
                  statement.query(), outputs.isAlone(statement) ? Purpose.OUTPUT : Purpose.BRANCH);
      List<View> all = new ArrayList<>(views.list());
      all.add(new View(name, result.sql(), origin(at)));
      checkAccepted(all, at);
      ParsedRecords.checkNone(result.columns(), at);
      noteTimes(result, at, own);
      notes.add(own);
      statements.add(statement, result, views, own, origin(at));
    } catch (Untranslatable e) {
      leftOut.add(e, "output " + outputs.alias(statement), statement.text());
    }
  }

  private static void noteTimes(Result result, Position at, Notes own) {
    if (result.hasTimes()) {
      own.decideOnce(
          at,
          "times have milliseconds: if events have more decimals of a second, the others are truncated; ASA keeps 7");
    }
  }

  private void checkAccepted(List<View> all, Position at) {
    for (View view : all) {
      if (refused.containsKey(view.name())) {
        throw new Untranslatable(
            at,
            "Flink rejects the translation: %s. Write this query yourself"
                .formatted(refused.get(view.name())));
      }
    }
  }

  private String origin(Position at) {
    return file + ":" + at.line();
  }

  /**
   * Returns the translation.
   *
   * @param known what is known of the inputs besides the script
   */
  Translation translation(List<KnownInput> known) {
    List<View> views = statements.views(translatedSteps, notes);
    List<InputTable> read = new ArrayList<>();
    List<InputTable> first = new ArrayList<>();
    for (InputTable input : inputs.values()) {
      List<InputTable> tables = input.all().stream().filter(one -> isRead(one, views)).toList();
      read.addAll(tables);
      tables.stream().findFirst().ifPresent(first::add);
      if (tables.size() > 1) {
        findings.decide(
            0,
            0,
            "queries use several event times of '%s': inputs %s read the same topic"
                .formatted(
                    input.alias(), tables.stream().map(InputTable::table).collect(joining(", "))));
      }
    }
    new ColumnDecisions(known, findings).report(first);
    return new Translation(
        read.stream().map(InputTable::translated).toList(),
        views,
        statements.outputs(),
        leftOut.comments(),
        script.statements().size() + script.errors().size(),
        statements.translated(),
        statements.differing(),
        findings.list());
  }

  private static boolean isRead(InputTable input, List<View> views) {
    return views.stream().anyMatch(view -> view.sql().contains(Sql.name(input.table())));
  }
}
