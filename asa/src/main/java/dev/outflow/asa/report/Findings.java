package dev.outflow.asa.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Collects the findings of one file; the same finding at the same place is kept once. */
public final class Findings {
  private final String file;
  private final Set<Finding> all = new LinkedHashSet<>();

  public Findings(String file) {
    this.file = file;
  }

  /** Adds a decision. */
  public void decide(int line, int column, String message) {
    all.add(new Finding(Finding.Kind.DECIDE, file, line, column, message, Optional.empty()));
  }

  /** Adds a difference and the section of docs/migrate.md about it. */
  public void differs(int line, int column, String message, Section section) {
    all.add(new Finding(Finding.Kind.DIFFERS, file, line, column, message, Optional.of(section)));
  }

  /** Adds something that was left out. */
  public void missing(int line, int column, String message, Optional<Section> section) {
    all.add(new Finding(Finding.Kind.MISSING, file, line, column, message, section));
  }

  /** Adds findings of another collection. */
  public void addAll(List<Finding> findings) {
    all.addAll(findings);
  }

  /** Returns the findings in the order in which they were added. */
  public List<Finding> list() {
    return new ArrayList<>(all);
  }
}
