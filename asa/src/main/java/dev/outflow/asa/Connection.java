package dev.outflow.asa;

import dev.outflow.asa.project.Endpoint;
import dev.outflow.asa.report.Findings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The connection of an input or output in job.yaml. Secrets become references. */
final class Connection {
  /** Properties of Kafka as ASA's form names them, each with the spellings that are accepted. */
  private static final Map<String, List<String>> KAFKA = new LinkedHashMap<>();

  static {
    KAFKA.put(
        "bootstrap-servers",
        List.of(
            "bootstrapservers",
            "bootstrapserveraddresses",
            "bootstrapserver",
            "kafkabootstrapservers"));
    KAFKA.put("topic", List.of("topicname", "topic", "kafkatopic", "topics"));
    KAFKA.put("security-protocol", List.of("securityprotocol", "securitytype"));
    KAFKA.put("sasl-mechanism", List.of("saslmechanism", "mechanism"));
    KAFKA.put("key-vault-name", List.of("keyvaultname", "keyvault", "keyvaulturl", "keyvaulturi"));
    KAFKA.put(
        "truststore-certificates",
        List.of("truststorecertificates", "truststorecertificate", "truststore"));
    KAFKA.put(
        "keystore-certificate-chain",
        List.of("keystorecertificatechain", "keystorecertificate", "certificatechain"));
    KAFKA.put("keystore-key", List.of("keystorekey"));
  }

  private static final String SASL_SSL = "sasl_ssl";

  private static final List<String> COMPRESSION =
      List.of("kafkaeventcompressiontype", "eventcompressiontype", "compressiontype");

  private Connection() {}

  /**
   * Returns the properties of a connection.
   *
   * @param name in job.yaml
   */
  static Map<String, String> of(Endpoint endpoint, String name, boolean output, Findings findings) {
    Map<String, String> properties =
        switch (endpoint.kind()) {
          case KAFKA -> kafka(endpoint, name, output, findings);
          case EVENT_HUBS -> eventHubs(endpoint, name);
          case IOT_HUB -> {
            findings.decide(
                endpoint.line(),
                0,
                "IoT Hub has no Kafka endpoint: route the messages of '%s' to an event hub and name its"
                        .formatted(endpoint.alias())
                    + " namespace and topic (docs/brokers.md#iot-hub)");
            yield unknown(name, endpoint.alias());
          }
          case OTHER -> {
            findings.decide(
                endpoint.line(),
                0,
                "%s %s %s%s; here it is the topic '%s'"
                    .formatted(
                        output ? "ASA writes" : "ASA reads",
                        endpoint.alias(),
                        output ? "to " : "from ",
                        service(endpoint),
                        topic(endpoint.alias())));
            yield unknown(name, endpoint.alias());
          }
        };
    return properties;
  }

  /** Returns the properties of a connection that no file tells. */
  static Map<String, String> unknown(String name, String alias) {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("bootstrap-servers", "${env:%s_BOOTSTRAP_SERVERS}".formatted(variable(name)));
    properties.put("topic", topic(alias));
    return properties;
  }

  private static Map<String, String> eventHubs(Endpoint endpoint, String name) {
    Map<String, String> properties = new LinkedHashMap<>();
    String namespace = endpoint.property("servicebusnamespace").orElse("");
    properties.put(
        "bootstrap-servers",
        namespace.isEmpty() || namespace.contains("${")
            ? "${env:%s_BOOTSTRAP_SERVERS}".formatted(variable(name))
            : (namespace.contains(".") ? namespace : namespace + ".servicebus.windows.net")
                + ":9093");
    properties.put(
        "topic",
        endpoint
            .property("eventhubname")
            .filter(hub -> !hub.contains("${"))
            .orElse(topic(endpoint.alias())));
    properties.put("security-protocol", SASL_SSL);
    boolean identity =
        endpoint
            .property("authenticationmode")
            .filter(mode -> mode.equalsIgnoreCase("Msi") || mode.equalsIgnoreCase("UserToken"))
            .isPresent();
    if (identity) {
      properties.put("sasl-mechanism", "OAUTHBEARER");
    } else {
      properties.put("username", "$ConnectionString");
      properties.put("password", "${env:%s_CONNECTION_STRING}".formatted(variable(name)));
    }
    return properties;
  }

  private static Map<String, String> kafka(
      Endpoint endpoint, String name, boolean output, Findings findings) {
    Map<String, String> properties = unknown(name, endpoint.alias());
    StringBuilder read = new StringBuilder();
    KAFKA.forEach(
        (property, spellings) ->
            spellings.stream()
                .filter(spelling -> endpoint.property(spelling).isPresent())
                .findFirst()
                .ifPresent(
                    spelling -> {
                      String value = endpoint.property(spelling).orElseThrow();
                      boolean protocol = property.equals("security-protocol");
                      properties.put(
                          property, protocol ? protocol(endpoint, value, findings) : value);
                      read.append(read.isEmpty() ? "" : ", ").append(spelling);
                    }));
    String protocol = properties.getOrDefault("security-protocol", "none");
    if (protocol.startsWith("sasl")) {
      properties.put("username", "${env:%s_USERNAME}".formatted(variable(name)));
      properties.put("password", "${env:%s_PASSWORD}".formatted(variable(name)));
    }
    if (output) {
      COMPRESSION.stream()
          .flatMap(spelling -> endpoint.property(spelling).stream())
          .findFirst()
          .ifPresent(value -> properties.put("compression-type", value.toLowerCase(Locale.ROOT)));
    }
    findings.decide(
        endpoint.line(),
        0,
        "the connection of '%s' is read from: %s; compare it with the portal"
            .formatted(endpoint.alias(), read.isEmpty() ? "nothing" : read));
    return properties;
  }

  /** Returns the protocol, or one that encrypts and authenticates if the value is unknown. */
  private static String protocol(Endpoint endpoint, String value, Findings findings) {
    String name = value.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
    return switch (name) {
      case "saslssl" -> SASL_SSL;
      case "saslplaintext" -> "sasl_plaintext";
      case "mtls", "ssl" -> "mtls";
      case "none", "plaintext" -> "none";
      default -> {
        findings.missing(
            endpoint.line(),
            0,
            "the security protocol '%s' of '%s' is unknown; expected one of mTLS, SASL_SSL, SASL_PLAINTEXT, None; it is %s here"
                .formatted(value, endpoint.alias(), SASL_SSL),
            Optional.empty());
        yield SASL_SSL;
      }
    };
  }

  private static String service(Endpoint endpoint) {
    Optional<String> target =
        endpoint.property("table", "container", "collectionnamepattern", "dataset", "queuename");
    String service = endpoint.service().isBlank() ? "another service" : endpoint.service();
    return service + target.map(name -> " " + name).orElse("");
  }

  static String topic(String alias) {
    String topic = alias.strip().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._-]+", "-");
    return topic.replace('_', '-');
  }

  private static String variable(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
  }
}
