package dev.outflow.asa.translation;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Names of tables in Flink, each different from the others whatever its case. */
final class Names {
  private final Set<String> taken = new HashSet<>();

  /** Returns a name that job.yaml accepts and that is not taken. */
  String take(String wanted) {
    String name = of(wanted);
    String free = name;
    for (int number = 2; !taken.add(free.toLowerCase(Locale.ROOT)); number++) {
      free = name + "_" + number;
    }
    return free;
  }

  /** Returns a name that job.yaml accepts. */
  static String of(String wanted) {
    String name = wanted.strip().replaceAll("[^A-Za-z0-9_]", "_");
    return name.isEmpty() || Character.isDigit(name.charAt(0)) ? "_" + name : name;
  }
}
