package dev.outflow.option;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.factories.Factory;
import org.apache.flink.table.factories.FactoryUtil;

/**
 * Checks the names of a format's options, so that a typo is reported with the option that was
 * meant, including those that Outflow adds. Flink lists all options of table and format.
 */
public final class FormatOptionNames {
  private FormatOptionNames() {}

  /**
   * Returns each option that is probably misspelled; other unknown options, and unknown formats,
   * are left to Flink.
   *
   * @param kind the interface of the format's factory, for reading or writing
   * @param added the options that Outflow adds to the format, with the format as a prefix
   */
  public static List<OptionProblem> problems(
      Class<? extends Factory> kind,
      ClassLoader classes,
      Collection<ConfigOption<?>> added,
      Map<String, String> options) {
    String format = options.getOrDefault(FactoryUtil.FORMAT.key(), "");
    String prefix = format + ".";
    List<String> written =
        options.keySet().stream().filter(key -> key.startsWith(prefix)).sorted().toList();
    if (written.isEmpty()) {
      return List.of();
    }
    Set<String> known = known(kind, classes, format);
    added.forEach(option -> known.add(option.key()));
    return written.stream()
        .filter(key -> known.stream().noneMatch(name -> (key + ".").startsWith(name + ".")))
        .flatMap(
            key ->
                Suggestion.nearest(known, key).stream()
                    .map(
                        meant ->
                            new OptionProblem(
                                key, "unknown option; did you mean '%s'?".formatted(meant))))
        .toList();
  }

  /** Returns the names with their prefix; none if the format is unknown. */
  private static Set<String> known(
      Class<? extends Factory> kind, ClassLoader classes, String format) {
    Set<String> names = new TreeSet<>();
    try {
      Factory factory = FactoryUtil.discoverFactory(classes, kind, format);
      Stream.of(factory.requiredOptions(), factory.optionalOptions())
          .flatMap(Set::stream)
          .forEach(
              option -> {
                names.add(format + "." + option.key());
                option.fallbackKeys().forEach(older -> names.add(format + "." + older.getKey()));
              });
    } catch (ValidationException e) {
      // Flink reports it when it creates the format.
    }
    return names;
  }
}
