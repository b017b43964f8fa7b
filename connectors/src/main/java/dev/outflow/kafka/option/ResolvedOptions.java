package dev.outflow.kafka.option;

import dev.outflow.keyvault.AzureCredential;
import dev.outflow.option.InvalidOptionsException;
import dev.outflow.option.OptionProblem;
import dev.outflow.reference.References;
import dev.outflow.secret.SecretException;
import dev.outflow.security.SecurityOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A table's options with every reference resolved that must be known when the job is planned, such
 * as {@code topic}. References that only Kafka's or a schema registry's client needs stay as they
 * are until that client runs. References are resolved once: a resolved value that looks like a
 * reference is that text.
 *
 * @param values the options; one whose reference cannot be resolved keeps the reference
 * @param problems the references that cannot be resolved here
 */
public record ResolvedOptions(Map<String, String> values, List<OptionProblem> problems) {
  private static final Set<String> RESOLVED_BY_CLIENT =
      Set.of(
          KafkaOptions.BOOTSTRAP_SERVERS.key(),
          SecurityOptions.USERNAME.key(),
          SecurityOptions.PASSWORD.key(),
          SecurityOptions.OAUTH_TOKEN_ENDPOINT.key(),
          SecurityOptions.OAUTH_SCOPE.key(),
          SecurityOptions.TRUSTSTORE_CERTIFICATES.key(),
          SecurityOptions.TRUSTSTORE_PASSWORD.key(),
          SecurityOptions.KEYSTORE_CERTIFICATE_CHAIN.key(),
          SecurityOptions.KEYSTORE_KEY.key(),
          SecurityOptions.KEYSTORE_KEY_PASSWORD.key(),
          RegistryOptions.FORMAT + "." + RegistryOptions.USER_INFO.key(),
          RegistryOptions.FORMAT + "." + RegistryOptions.TOKEN.key());

  public ResolvedOptions {
    values = Map.copyOf(values);
    problems = List.copyOf(problems);
  }

  /** Resolves the options of a table as the user wrote them. */
  public static ResolvedOptions of(Map<String, String> options) {
    References references = new References(credential(options));
    List<OptionProblem> problems = new ArrayList<>();
    Map<String, String> values = new HashMap<>(options);
    options.forEach(
        (key, value) -> {
          try {
            if (!isResolvedByClient(key)) {
              values.put(key, references.resolve(key, value));
            }
          } catch (SecretException e) {
            problems.add(
                new OptionProblem(
                    key, e.explanation() + "; it must be resolvable where the job is submitted"));
          }
        });
    return new ResolvedOptions(values, problems);
  }

  /** Returns whether a reference in this option stays a reference until a client runs. */
  public static boolean isResolvedByClient(String key) {
    return RESOLVED_BY_CLIENT.contains(key) || key.startsWith(KafkaOptions.KAFKA_PREFIX);
  }

  /**
   * Returns the options.
   *
   * @throws InvalidOptionsException with each option whose reference cannot be resolved here
   */
  public Map<String, String> orThrow() {
    if (!problems.isEmpty()) {
      throw new InvalidOptionsException(problems);
    }
    return values;
  }

  /** Returns the same options with more problems. */
  public ResolvedOptions withProblems(List<OptionProblem> more) {
    List<OptionProblem> all = new ArrayList<>(problems);
    all.addAll(more);
    return new ResolvedOptions(values, all);
  }

  /** Returns the same options with one more, unless it is set. */
  public ResolvedOptions withDefault(String key, String value) {
    Map<String, String> all = new HashMap<>(values);
    all.putIfAbsent(key, value);
    return new ResolvedOptions(all, problems);
  }

  private static AzureCredential credential(Map<String, String> options) {
    try {
      return AzureCredential.of(
          options.getOrDefault(
              SecurityOptions.KEY_VAULT_CREDENTIAL.key(), AzureCredential.DEFAULT.toString()));
    } catch (IllegalArgumentException e) {
      return AzureCredential.DEFAULT; // Reported where the options are read.
    }
  }

  /** Values can be secrets: names only. */
  @Override
  public String toString() {
    return "ResolvedOptions" + new TreeSet<>(values.keySet());
  }
}
