package dev.outflow.option;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.table.factories.Factory;
import org.apache.flink.table.factories.FactoryUtil;

/**
 * Checks the names of a table's options, so that a typo is reported together with the option that
 * is missing because of it. Flink would report the missing option only.
 */
public final class OptionNames {
  private OptionNames() {}

  /**
   * Returns each option that is unknown or missing. Names with a dot are left to Flink, because
   * formats and Kafka's clients have options of their own.
   */
  public static List<OptionProblem> problems(Factory factory, Map<String, String> options) {
    Set<String> known = new TreeSet<>(keys(factory.requiredOptions()));
    known.addAll(keys(factory.optionalOptions()));
    known.add(FactoryUtil.CONNECTOR.key());
    known.add(FactoryUtil.PROPERTY_VERSION.key());
    List<OptionProblem> problems = new ArrayList<>();
    new TreeMap<>(options)
        .keySet().stream()
            .filter(key -> !key.contains(".") && !known.contains(key))
            .map(key -> new OptionProblem(key, "unknown option" + Suggestion.among(known, key)))
            .forEach(problems::add);
    keys(factory.requiredOptions()).stream()
        .filter(key -> options.getOrDefault(key, "").isBlank())
        .map(key -> new OptionProblem(key, "is required"))
        .forEach(problems::add);
    return problems;
  }

  private static Set<String> keys(Set<ConfigOption<?>> options) {
    Set<String> keys = new TreeSet<>();
    options.forEach(option -> keys.add(option.key()));
    return keys;
  }
}
