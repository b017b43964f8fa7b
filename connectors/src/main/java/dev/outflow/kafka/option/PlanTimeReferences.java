package dev.outflow.kafka.option;

import dev.outflow.keyvault.AzureCredential;
import dev.outflow.keyvault.SecretException;
import dev.outflow.secret.References;
import dev.outflow.security.SecurityOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * References in options that must be known when a job is planned, as {@code topic}, are read then
 * and there. Those that only Kafka's or a schema registry's client needs stay references until it
 * runs.
 */
public final class PlanTimeReferences {
  private static final Set<String> FOR_THE_CLIENT =
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

  private PlanTimeReferences() {}

  /** Whether a reference in this option stays one until a client runs. */
  public static boolean isForTheClient(String key) {
    return FOR_THE_CLIENT.contains(key) || key.startsWith(KafkaOptions.KAFKA_PREFIX);
  }

  /**
   * The options with all that is known.
   *
   * @throws InvalidOptionsException with each option whose reference leads to nothing here
   */
  public static Map<String, String> read(Map<String, String> options) {
    List<OptionProblem> problems = new ArrayList<>();
    Map<String, String> known = read(options, problems::add);
    if (!problems.isEmpty()) {
      throw new InvalidOptionsException(problems);
    }
    return known;
  }

  /**
   * The same for who looks for further problems.
   *
   * @param told is told of each option whose reference leads to nothing here, which stays as it is
   */
  public static Map<String, String> read(
      Map<String, String> options, Consumer<OptionProblem> told) {
    References references = new References(credential(options));
    Map<String, String> known = new HashMap<>(options);
    options.forEach(
        (key, value) -> {
          try {
            if (!isForTheClient(key) && References.isIn(value)) {
              known.putAll(references.read(Map.of(key, value)));
            }
          } catch (SecretException e) {
            told.accept(
                new OptionProblem(key, e.explanation() + "; it is read where the job is planned"));
          }
        });
    return known;
  }

  private static AzureCredential credential(Map<String, String> options) {
    try {
      return AzureCredential.of(
          options.getOrDefault(
              SecurityOptions.KEY_VAULT_CREDENTIAL.key(), AzureCredential.DEFAULT.toString()));
    } catch (IllegalArgumentException e) {
      return AzureCredential.DEFAULT; // Told where the options are read.
    }
  }
}
