package dev.outflow.registry;

import dev.outflow.kafka.option.FormatDefaults;
import dev.outflow.kafka.option.RegistryOptions;
import dev.outflow.kafka.option.ResolvedOptions;
import dev.outflow.option.InvalidOptionsException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.flink.configuration.Configuration;

/**
 * The schema registry that the format of a table names, to be asked before a job starts.
 *
 * @param format what the format's options begin with: {@code avro-confluent}
 * @param options of the table, as the user wrote them
 */
public record ConfiguredRegistry(String format, Map<String, String> options) {
  private static final String URL =
      RegistryFormatFactory.IDENTIFIER + "." + RegistryOptions.URL.key();

  /** Those that the options of a table name; usually one or none. */
  public static List<ConfiguredRegistry> in(Map<String, String> options) {
    return options.keySet().stream()
        .filter(key -> key.endsWith(URL))
        .map(key -> key.substring(0, key.lastIndexOf('.')))
        .sorted()
        .map(format -> new ConfiguredRegistry(format, options))
        .toList();
  }

  /**
   * Returns if it lets this client in.
   *
   * @return where it is
   * @throws InvalidOptionsException if it does not
   */
  public String ping() {
    return ask(
        known -> {
          RegistryConnection address = RegistryConnection.of(known);
          new SchemaRegistry(address).ping();
          return address.toString();
        });
  }

  /**
   * Returns if the subject takes a schema.
   *
   * @return what that means for the subject, for people
   * @throws InvalidOptionsException if it does not take it, or the registry does not answer
   */
  public String check(Schema schema) {
    return ask(
        known -> {
          String subject = known.get(RegistryOptions.SUBJECT);
          boolean exists = new SchemaRegistry(RegistryConnection.of(known)).check(subject, schema);
          return (exists ? "'%s' takes it" : "'%s' is new, and is registered when the job runs")
              .formatted(subject);
        });
  }

  private <T> T ask(Function<Configuration, T> question) {
    Map<String, String> known = FormatDefaults.addTo(ResolvedOptions.of(options).orThrow());
    Map<String, String> own = new HashMap<>();
    known.forEach(
        (key, value) -> {
          if (key.startsWith(format + ".")) {
            own.put(key.substring(format.length() + 1), value);
          }
        });
    try {
      return question.apply(Configuration.fromMap(own));
    } catch (RegistryException e) {
      throw e.in(format);
    }
  }

  /** Options can hold secrets: the format only. */
  @Override
  public String toString() {
    return "ConfiguredRegistry[" + format + "]";
  }
}
