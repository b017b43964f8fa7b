package dev.outflow.asa.translation;

import dev.outflow.asa.query.Name;
import dev.outflow.asa.query.Position;
import dev.outflow.asa.report.Findings;
import dev.outflow.asa.report.Section;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The notes on a script: what differs and what has to be decided; and the names it knows. */
final class Notes {
  private final Findings findings;
  private final Set<String> once;
  private final List<KnownFunction> functions;
  private final Set<String> hidden = new HashSet<>();
  private boolean differs;

  private Notes(Findings findings, Set<String> once, List<KnownFunction> functions) {
    this.findings = findings;
    this.once = once;
    this.functions = functions;
  }

  Notes(Findings findings, List<KnownFunction> functions) {
    this(findings, new HashSet<>(), functions);
  }

  /** Returns a function of the job by how queries call it. */
  Optional<KnownFunction> function(String call) {
    return functions.stream().filter(function -> function.call().equals(call)).findFirst();
  }

  /** Returns notes that collect apart from others, for a statement that may be left out. */
  Notes apart(String file) {
    return new Notes(new Findings(file), new HashSet<>(once), functions);
  }

  /** Adds the notes of a statement that is kept. */
  void add(Notes other) {
    findings.addAll(other.findings.list());
    once.addAll(other.once);
  }

  /** Remembers the name of a table for which a query has an alias. */
  void hides(Name table) {
    hidden.add(table.key());
  }

  /** Returns whether a table has an alias in the place of this name. */
  boolean isHidden(Name table) {
    return hidden.contains(table.key());
  }

  void differs(Position at, String message, Section section) {
    differs = true;
    findings.differs(at.line(), at.column(), message, section);
  }

  /** Notes a difference at its first place only. */
  void differsOnce(Position at, String message, Section section) {
    differs = true;
    if (once.add(message)) {
      findings.differs(at.line(), at.column(), message, section);
    }
  }

  void decide(Position at, String message) {
    findings.decide(at.line(), at.column(), message);
  }

  /** Notes a decision at its first place only. */
  void decideOnce(Position at, String message) {
    if (once.add(message)) {
      decide(at, message);
    }
  }

  boolean hasDifference() {
    return differs;
  }
}
