package dev.outflow.check;

import static java.util.stream.Collectors.joining;

import com.azure.core.credential.AccessToken;
import dev.outflow.kafka.KafkaConnection;
import dev.outflow.kafka.TopicSubscription;
import dev.outflow.kafka.broker.BrokerKind;
import dev.outflow.kafka.input.KafkaInputOptions;
import dev.outflow.kafka.option.KafkaOptions;
import dev.outflow.keyvault.AzureCredential;
import dev.outflow.keyvault.AzureIdentity;
import dev.outflow.keyvault.KeyVault;
import dev.outflow.keyvault.KeyVaultAddress;
import dev.outflow.option.InvalidOptionsException;
import dev.outflow.option.OptionProblem;
import dev.outflow.reference.References;
import dev.outflow.reference.SecretProperties;
import dev.outflow.sasl.AzureTokenHandler;
import dev.outflow.secret.SecretException;
import dev.outflow.security.Sasl;
import dev.outflow.security.SaslMechanism;
import dev.outflow.security.SecurityOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Checks that all references can be resolved from here (identity, vault, secrets) and that the
 * brokers can accept the credentials.
 *
 * @param topics the topics that the credentials are for, by the property that names each
 */
record SecretChecks(StepRunner steps, Map<String, String> topics) {

  /** Returns the checks of a connection that these tables share. */
  static SecretChecks of(StepRunner steps, List<KafkaTable> tables) {
    Map<String, String> topics = new HashMap<>();
    for (KafkaTable table : tables) {
      if (table.topics() instanceof TopicSubscription.TopicPattern topic) {
        topics.put(
            table.path() + "." + KafkaInputOptions.TOPIC_PATTERN.key(), topic.pattern().toString());
      }
      for (String topic : table.topics().names()) {
        topics.merge(table.path() + ".topic", topic, (one, other) -> one + ", " + other);
      }
      table
          .errors()
          .topic()
          .ifPresent(topic -> topics.put(table.path() + ".dead-letter-topic", topic));
    }
    return new SecretChecks(steps, topics);
  }

  /** Returns texts by property; empty if the steps have failed, or there are no references. */
  Map<String, String> run() {
    KafkaConnection connection = steps.connection();
    Map<String, String> references = references(connection);
    Set<KeyVaultAddress> vaults = References.keyVaults(references.values());
    Optional<Sasl.AzureToken> azure =
        connection
            .security()
            .authentication()
            .filter(Sasl.AzureToken.class::isInstance)
            .map(Sasl.AzureToken.class::cast);
    if (!vaults.isEmpty() || azure.isPresent()) {
      steps.run(CheckStep.IDENTITY, () -> identity(scopes(vaults, azure)));
    }
    if (!vaults.isEmpty()) {
      steps.run(CheckStep.VAULT, () -> vaults(vaults));
    }
    return references.isEmpty()
        ? Map.of()
        : steps.run(CheckStep.SECRETS, () -> secrets(references)).orElse(Map.of());
  }

  /** Returns what the client resolves where it runs, and references in {@code kafka.*}. */
  private static Map<String, String> references(KafkaConnection connection) {
    Map<String, String> references =
        new TreeMap<>(
            connection.security().runtimeSecrets().map(SecretProperties::values).orElse(Map.of()));
    connection
        .kafka()
        .forEach(
            (key, value) -> {
              if (References.isIn(value)) {
                references.put(KafkaOptions.KAFKA_PREFIX + key, value);
              }
            });
    if (References.isIn(connection.bootstrapServers())) {
      references.put(KafkaOptions.BOOTSTRAP_SERVERS.key(), connection.bootstrapServers());
    }
    return references;
  }

  private List<String> scopes(Set<KeyVaultAddress> vaults, Optional<Sasl.AzureToken> azure) {
    List<String> scopes = new ArrayList<>(vaults.stream().map(KeyVaultAddress::scope).toList());
    KafkaConnection connection = steps.connection();
    azure.ifPresent(
        sasl -> {
          String servers =
              connection.resolve(
                  KafkaOptions.BOOTSTRAP_SERVERS.key(), connection.bootstrapServers());
          scopes.add(AzureTokenHandler.scope(sasl.scope(), servers.split(",", -1)[0].strip()));
        });
    return scopes;
  }

  private StepResult<Boolean> identity(List<String> scopes) {
    AzureCredential credential = steps.connection().credential();
    List<String> tokens = new ArrayList<>();
    try {
      AzureIdentity identity = AzureIdentity.of(credential);
      for (String scope : scopes.stream().distinct().toList()) {
        AccessToken token = identity.token(scope);
        long minutes =
            Duration.between(Instant.now(), token.getExpiresAt().toInstant()).toMinutes();
        tokens.add("%s for %s, valid for %d min".formatted(credential, scope, minutes));
      }
    } catch (SecretException e) {
      throw InvalidOptionsException.of(SecurityOptions.KEY_VAULT_CREDENTIAL.key(), e.explanation());
    }
    return StepResult.ok(true, "acquired a token as %s".formatted(String.join("; ", tokens)));
  }

  private StepResult<Boolean> vaults(Set<KeyVaultAddress> vaults) throws InterruptedException {
    PartialResults<KeyVaultAddress, Boolean> answers =
        steps.askAll(
            CheckStep.VAULT,
            vaults,
            vault -> {
              KeyVault.checkReachable(vault);
              return true;
            });
    throwIfAny(
        answers.failures().values().stream()
            .map(
                failure ->
                    new OptionProblem(SecurityOptions.KEY_VAULT_NAME.key(), failure.getMessage()))
            .toList());
    return StepResult.ok(
        true,
        "connected to %s"
            .formatted(
                vaults.stream().map(KeyVaultAddress::toString).sorted().collect(joining(", "))));
  }

  /** Reads each by itself, so that all that are missing are reported. */
  private StepResult<Map<String, String>> secrets(Map<String, String> references)
      throws InterruptedException {
    PartialResults<String, Map<String, String>> answers =
        steps.askAll(
            CheckStep.SECRETS,
            references.keySet(),
            property -> read(property, references.get(property)));
    throwIfAny(
        answers.failures().entrySet().stream()
            .map(failure -> new OptionProblem(failure.getKey(), explain(failure.getValue())))
            .toList());
    Map<String, String> texts = new HashMap<>();
    answers.results().values().forEach(texts::putAll);
    throwIfAny(problems(texts));
    return StepResult.ok(
        texts,
        references.entrySet().stream()
            .map(
                reference ->
                    References.isReference(reference.getValue())
                        ? reference.getKey() + " from " + reference.getValue()
                        : reference.getKey())
            .collect(joining(", ")));
  }

  /** Returns problems with what the references stand for. */
  private List<OptionProblem> problems(Map<String, String> texts) {
    KafkaConnection connection = steps.connection();
    List<OptionProblem> problems = new ArrayList<>();
    String servers = KafkaOptions.BOOTSTRAP_SERVERS.key();
    BrokerKind kind = BrokerKind.of(texts.getOrDefault(servers, ""));
    if (texts.containsKey(servers)
        && !kind.clientDefaults().equals(connection.kind().clientDefaults())) {
      problems.add(
          new OptionProblem(
              servers,
              "is an address of %s, on which defaults depend; write it instead of a reference to Key Vault"
                  .formatted(kind.serviceName())));
    }
    boolean isPlain =
        connection
            .security()
            .authentication()
            .filter(new Sasl.Password(SaslMechanism.PLAIN)::equals)
            .isPresent();
    if (isPlain) {
      problems.addAll(connection.kind().credentialProblems(texts, topics));
    }
    return problems;
  }

  private static String explain(Exception failure) {
    return failure instanceof SecretException secret ? secret.explanation() : failure.getMessage();
  }

  private Map<String, String> read(String property, String value) {
    KafkaConnection connection = steps.connection();
    Optional<SecretProperties> runtimeSecrets =
        connection
            .security()
            .runtimeSecrets()
            .filter(secrets -> secrets.values().containsKey(property))
            .map(secrets -> secrets.only(Set.of(property)));
    return runtimeSecrets.isPresent()
        ? runtimeSecrets.get().read()
        : new References(connection.credential()).resolve(Map.of(property, value));
  }

  private static void throwIfAny(List<OptionProblem> problems) {
    if (!problems.isEmpty()) {
      throw new InvalidOptionsException(problems);
    }
  }
}
