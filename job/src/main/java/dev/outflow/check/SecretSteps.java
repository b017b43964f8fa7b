package dev.outflow.check;

import static java.util.stream.Collectors.joining;

import com.azure.core.credential.AccessToken;
import dev.outflow.kafka.KafkaConnection;
import dev.outflow.kafka.option.KafkaOptions;
import dev.outflow.keyvault.AzureIdentity;
import dev.outflow.keyvault.KeyVault;
import dev.outflow.keyvault.KeyVaultAddress;
import dev.outflow.option.InvalidOptionsException;
import dev.outflow.option.OptionProblem;
import dev.outflow.reference.DeferredSecrets;
import dev.outflow.reference.References;
import dev.outflow.sasl.AzureTokenHandler;
import dev.outflow.secret.SecretException;
import dev.outflow.security.Sasl;
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

/** Whether all that the definition refers to can be read from here: identity, vault, secrets. */
record SecretSteps(Steps steps) {
  private static final Duration IDENTITY = Duration.ofSeconds(13);
  private static final Duration VAULT = Duration.ofSeconds(8);
  private static final Duration SECRETS = Duration.ofSeconds(13);

  /** Texts by property; empty if the steps have failed, or there is nothing to read. */
  Map<String, String> run() {
    KafkaConnection connection = steps.connection();
    Map<String, String> written = written(connection);
    Set<KeyVaultAddress> vaults = References.keyVaults(written.values());
    Optional<Sasl.AzureToken> azure =
        connection
            .security()
            .authentication()
            .filter(Sasl.AzureToken.class::isInstance)
            .map(Sasl.AzureToken.class::cast);
    if (!vaults.isEmpty() || azure.isPresent()) {
      steps.ask("identity", IDENTITY, () -> identity(connection, scopes(vaults, azure)));
    }
    if (!vaults.isEmpty()) {
      steps.ask("vault", VAULT, () -> vaults(vaults));
    }
    return written.isEmpty()
        ? Map.of()
        : steps
            .ask("secrets", SECRETS, () -> secrets(connection, written), "identity", "vault")
            .orElse(Map.of());
  }

  /** What is read where the client runs, and what is a reference in the client's own words. */
  private static Map<String, String> written(KafkaConnection connection) {
    Map<String, String> written =
        new TreeMap<>(
            connection.security().deferred().map(DeferredSecrets::written).orElse(Map.of()));
    connection
        .kafka()
        .forEach(
            (key, value) -> {
              if (References.isIn(value)) {
                written.put(KafkaOptions.KAFKA_PREFIX + key, value);
              }
            });
    if (References.isIn(connection.bootstrapServers())) {
      written.put(KafkaOptions.BOOTSTRAP_SERVERS.key(), connection.bootstrapServers());
    }
    return written;
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

  private static StepResult<Boolean> identity(KafkaConnection connection, List<String> scopes) {
    List<String> given = new ArrayList<>();
    try {
      AzureIdentity identity = AzureIdentity.open(connection.credential());
      for (String scope : scopes.stream().distinct().toList()) {
        AccessToken token = identity.token(scope);
        long minutes =
            Duration.between(Instant.now(), token.getExpiresAt().toInstant()).toMinutes();
        given.add("%s for %s, valid for %d min".formatted(connection.credential(), scope, minutes));
      }
    } catch (SecretException e) {
      throw InvalidOptionsException.of(SecurityOptions.KEY_VAULT_CREDENTIAL.key(), e.explanation());
    }
    return StepResult.ok(true, "a token as %s".formatted(String.join("; ", given)));
  }

  private StepResult<Boolean> vaults(Set<KeyVaultAddress> vaults) throws InterruptedException {
    Results<KeyVaultAddress, Boolean> replies =
        steps
            .patience()
            .ofEach(
                vaults,
                VAULT.minusMillis(200),
                vault -> {
                  KeyVault.knock(vault);
                  return true;
                });
    refuse(
        replies.failures().values().stream()
            .map(it -> new OptionProblem(SecurityOptions.KEY_VAULT_NAME.key(), it.getMessage()))
            .toList());
    return StepResult.ok(
        true,
        "%s answered"
            .formatted(
                vaults.stream().map(KeyVaultAddress::toString).sorted().collect(joining(", "))));
  }

  /** Each for itself, so that all that are missing are told at once. */
  private StepResult<Map<String, String>> secrets(
      KafkaConnection connection, Map<String, String> written) throws InterruptedException {
    Results<String, Map<String, String>> replies =
        steps
            .patience()
            .ofEach(
                written.keySet(),
                SECRETS.minusMillis(200),
                property -> read(connection, property, written.get(property)));
    refuse(
        replies.failures().entrySet().stream()
            .map(
                it ->
                    new OptionProblem(
                        it.getKey(),
                        it.getValue() instanceof SecretException secret
                            ? secret.explanation()
                            : it.getValue().getMessage()))
            .toList());
    Map<String, String> texts = new HashMap<>();
    replies.answers().values().forEach(texts::putAll);
    return StepResult.ok(
        texts,
        written.entrySet().stream()
            .map(
                it ->
                    References.isAllOf(it.getValue())
                        ? it.getKey() + " from " + it.getValue()
                        : it.getKey())
            .collect(joining(", ")));
  }

  private static Map<String, String> read(
      KafkaConnection connection, String property, String value) {
    Optional<DeferredSecrets> deferred =
        connection
            .security()
            .deferred()
            .filter(it -> it.written().containsKey(property))
            .map(it -> it.only(Set.of(property)));
    return deferred.isPresent()
        ? deferred.get().read()
        : new References(connection.credential()).read(Map.of(property, value));
  }

  private static void refuse(List<OptionProblem> problems) {
    if (!problems.isEmpty()) {
      throw new InvalidOptionsException(problems);
    }
  }
}
