package dev.outflow.kafka.broker;

import static java.util.stream.Collectors.joining;

import dev.outflow.option.OptionProblem;
import dev.outflow.security.SecurityOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A connection string of Event Hubs, without its secrets, so that nothing can print them.
 *
 * @param hasEndpoint whether it has an {@code Endpoint}
 * @param host the host name in {@code Endpoint}, in lower case; empty if it has no valid one
 * @param entityPath the only event hub that it is valid for; empty for all of the namespace
 * @param hasKeyName whether it has a {@code SharedAccessKeyName}
 * @param hasKey whether it has a {@code SharedAccessKey}
 * @param hasSignature whether it has a {@code SharedAccessSignature}, generated from a key
 * @param isForEmulator whether it has {@code UseDevelopmentEmulator=true}
 */
record ConnectionString(
    boolean hasEndpoint,
    Optional<String> host,
    Optional<String> entityPath,
    boolean hasKeyName,
    boolean hasKey,
    boolean hasSignature,
    boolean isForEmulator) {
  private static final String ENDPOINT = "Endpoint";
  private static final String KEY_NAME = "SharedAccessKeyName";
  private static final String KEY = "SharedAccessKey";
  private static final String ENTITY_PATH = "EntityPath";
  private static final String SIGNATURE = "SharedAccessSignature";
  private static final String EMULATOR = "UseDevelopmentEmulator";
  private static final Pattern URL =
      Pattern.compile("(?i)[a-z]+://([a-z0-9-]+(?:\\.[a-z0-9-]+)*)\\.?(?::\\d+)?/*");

  private static final Pattern SECRET = Pattern.compile("(?i)SharedAccess(?:Key|Signature)\\s*=");

  /** Names of event hubs; other text, such as a misplaced key, is not repeated in messages. */
  private static final Pattern EVENT_HUB = Pattern.compile("[A-Za-z0-9._-]{1,256}");

  /** Reads the options that are set; {@link #problems} reports those that are missing. */
  static ConnectionString parse(String text) {
    Map<String, String> parts = new HashMap<>();
    for (String part : text.strip().split(";", -1)) {
      int equals = part.indexOf('=');
      if (equals > 0) {
        parts.put(lowerCase(part.substring(0, equals)), part.substring(equals + 1).strip());
      }
    }
    parts.values().removeIf(String::isEmpty);
    Optional<String> endpoint = find(parts, ENDPOINT);
    return new ConnectionString(
        endpoint.isPresent(),
        endpoint.map(URL::matcher).filter(Matcher::matches).map(url -> lowerCase(url.group(1))),
        find(parts, ENTITY_PATH),
        find(parts, KEY_NAME).isPresent(),
        find(parts, KEY).isPresent(),
        find(parts, SIGNATURE).isPresent(),
        find(parts, EMULATOR).filter("true"::equalsIgnoreCase).isPresent());
  }

  /** Returns whether a text contains a connection string's key or signature. */
  static boolean isIn(String text) {
    return SECRET.matcher(text).find();
  }

  /**
   * Returns the problem of a connection string in {@code username}, which is not treated as a
   * secret.
   */
  static List<OptionProblem> usernameProblems(Map<String, String> options) {
    String username = SecurityOptions.USERNAME.key();
    return isIn(options.getOrDefault(username, ""))
        ? List.of(
            new OptionProblem(
                username,
                "is a connection string; set username to %s and the connection string as the password"
                    .formatted(EventHubsOptions.USERNAME)))
        : List.of();
  }

  private static Optional<String> find(Map<String, String> parts, String name) {
    return Optional.ofNullable(parts.get(lowerCase(name)));
  }

  private static String lowerCase(String text) {
    return text.strip().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns every reason why the brokers of a namespace would reject it.
   *
   * @param namespaces the hosts in {@code bootstrap-servers}, in lower case
   * @param topics topics by the option that names them
   */
  List<String> problems(List<String> namespaces, Map<String, String> topics) {
    if (!hasEndpoint && !hasKeyName && !hasKey && !hasSignature) {
      return List.of(
          "is not a connection string of Event Hubs; copy that of a shared access policy: Endpoint=sb://...;SharedAccessKeyName=...;SharedAccessKey=...");
    }
    List<String> problems = new ArrayList<>();
    if (isForEmulator) {
      problems.add(
          "is a connection string of the Event Hubs emulator, but 'bootstrap-servers' is %s; use a connection string of this namespace"
              .formatted(String.join(", ", namespaces)));
    }
    if (hasSignature) {
      problems.add(
          "the connection string has a SharedAccessSignature, which Event Hubs does not support for Kafka; use one with a SharedAccessKey, or sasl-mechanism 'OAUTHBEARER' with a managed identity");
    }
    String missing =
        Stream.of(
                hasEndpoint ? "" : ENDPOINT,
                hasKeyName || hasSignature ? "" : KEY_NAME,
                hasKey || hasSignature ? "" : KEY)
            .filter(name -> !name.isEmpty())
            .collect(joining(" and no "));
    if (!missing.isEmpty()) {
      problems.add(
          "the connection string has no %s; copy all of it from the shared access policy"
              .formatted(missing));
    }
    if (!isForEmulator && hasEndpoint) {
      checkHost(namespaces, problems);
    }
    entityPath.ifPresent(path -> checkEntityPath(path, topics, problems));
    return problems;
  }

  private void checkHost(List<String> namespaces, List<String> problems) {
    if (host.isEmpty()) {
      problems.add(
          "the Endpoint of the connection string is invalid; use sb://%s/"
              .formatted(namespaces.get(0)));
    } else if (!namespaces.contains(host.get())) {
      problems.add(
          "the connection string is for %s, but 'bootstrap-servers' is %s; use a connection string of this namespace"
              .formatted(host.get(), String.join(", ", namespaces)));
    }
  }

  private static void checkEntityPath(
      String path, Map<String, String> topics, List<String> problems) {
    String hub = EVENT_HUB.matcher(path).matches() ? " '%s'".formatted(path) : "";
    topics.entrySet().stream()
        .filter(topic -> !topic.getValue().equalsIgnoreCase(path))
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            topic ->
                problems.add(
                    "the connection string is valid only for event hub%s (EntityPath), but '%s' is '%s'; use a connection string of the namespace, or of that event hub"
                        .formatted(hub, topic.getKey(), topic.getValue())));
  }
}
