package dev.outflow.compose;

import dev.outflow.definition.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The problems found so far. The second problem of a property is usually a consequence. */
final class ProblemList {
  private final List<Problem> problems;

  ProblemList(List<Problem> found) {
    this.problems = new ArrayList<>(found);
  }

  List<Problem> all() {
    return List.copyOf(problems);
  }

  boolean isEmpty() {
    return problems.isEmpty();
  }

  /** Returns whether a property, or a part of it, has a problem. */
  boolean contains(String path) {
    return problems.stream().anyMatch(problem -> problem.property().startsWith(path));
  }

  /** Adds problems, also of properties that have one. */
  void add(List<Problem> found) {
    problems.addAll(found);
  }

  /** Adds the problems of properties without one. */
  void addNew(List<Problem> found) {
    Set<String> known = new HashSet<>();
    problems.forEach(problem -> known.add(problem.property()));
    known.remove(""); // A whole file, or a query in a file of its own.
    found.stream().filter(problem -> !known.contains(problem.property())).forEach(problems::add);
  }

  /** Removes the problems of a property that are a consequence of another one. */
  void remove(String property) {
    problems.removeIf(problem -> problem.property().equals(property));
  }
}
