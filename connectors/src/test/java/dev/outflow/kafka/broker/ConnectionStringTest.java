package dev.outflow.kafka.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionStringTest {
  private static final String HOST = "my-namespace.servicebus.windows.net";
  private static final String KEY = "c2VjcmV0LWtleQ+/aGlkZGVu=";
  private static final String VALID =
      "Endpoint=sb://" + HOST + "/;SharedAccessKeyName=send;SharedAccessKey=" + KEY;

  @ParameterizedTest
  @ValueSource(
      strings = {
        VALID,
        VALID + ";",
        VALID + "\n",
        VALID + ";EntityPath=orders",
        "endpoint=sb://MY-NAMESPACE.servicebus.windows.net.:5671; sharedaccesskeyname=send;SHAREDACCESSKEY=a=b=",
        "SharedAccessKey=a;EntityPath=Orders;SharedAccessKeyName=send;Endpoint=sb://my-namespace.servicebus.windows.net"
      })
  void acceptsConnectionStrings(String text) {
    assertThat(problems(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {KEY, "hunter2", "", "a;b;c", "Server=db;Password=hunter2"})
  void rejectsOtherText(String text) {
    assertThat(problems(text))
        .containsExactly(
            "is not a connection string of Event Hubs; copy that of a shared access policy: Endpoint=sb://...;SharedAccessKeyName=...;SharedAccessKey=...");
  }

  @Test
  void reportsMissingParts() {
    assertThat(problems("Endpoint=sb://%s/;SharedAccessKeyName=send".formatted(HOST)))
        .containsExactly(
            "the connection string has no SharedAccessKey; copy all of it from the shared access policy");
    assertThat(problems("Endpoint=;SharedAccessKeyName=;SharedAccessKey=" + KEY))
        .containsExactly(
            "the connection string has no Endpoint and no SharedAccessKeyName; copy all of it from the shared access policy");
  }

  @Test
  void rejectsGeneratedSignatures() {
    assertThat(
            problems(
                "Endpoint=sb://%s/;SharedAccessSignature=SharedAccessSignature sr=a&sig=%s&se=1&skn=send"
                    .formatted(HOST, KEY)))
        .containsExactly(
            "the connection string has a SharedAccessSignature, which Event Hubs does not support for Kafka; use one with a SharedAccessKey, or sasl-mechanism 'OAUTHBEARER' with a managed identity");
  }

  @Test
  void reportsAnotherNamespace() {
    assertThat(problems(VALID.replace("my-namespace", "other")))
        .containsExactly(
            "the connection string is for other.servicebus.windows.net, but 'bootstrap-servers' is my-namespace.servicebus.windows.net; use a connection string of this namespace");
  }

  @Test
  void reportsAnotherEventHub() {
    assertThat(
            ConnectionString.parse(VALID + ";EntityPath=orders")
                .problems(
                    List.of(HOST),
                    Map.of("topic", "large-orders", "dead-letter-topic", "large-orders-dead")))
        .containsExactly(
            "the connection string is valid only for event hub 'orders' (EntityPath), but 'dead-letter-topic' is 'large-orders-dead'; use a connection string of the namespace, or of that event hub",
            "the connection string is valid only for event hub 'orders' (EntityPath), but 'topic' is 'large-orders'; use a connection string of the namespace, or of that event hub");
  }

  @Test
  void reportsEveryMistakeAtOnce() {
    assertThat(problems("Endpoint=%s;SharedAccessKeyName=send;EntityPath=%s".formatted(KEY, KEY)))
        .containsExactly(
            "the connection string has no SharedAccessKey; copy all of it from the shared access policy",
            "the Endpoint of the connection string is invalid; use sb://my-namespace.servicebus.windows.net/",
            "the connection string is valid only for event hub (EntityPath), but 'topic' is 'orders'; use a connection string of the namespace, or of that event hub");
  }

  @Test
  void rejectsTheConnectionStringOfTheEmulator() {
    assertThat(
            problems(
                "Endpoint=sb://localhost;SharedAccessKeyName=send;SharedAccessKey=%s;UseDevelopmentEmulator=true"
                    .formatted(KEY)))
        .containsExactly(
            "is a connection string of the Event Hubs emulator, but 'bootstrap-servers' is my-namespace.servicebus.windows.net; use a connection string of this namespace");
  }

  @Test
  void keepsNoSecret() {
    ConnectionString parsed = ConnectionString.parse(VALID + ";SharedAccessSignature=" + KEY);

    assertThat(parsed.host()).isEqualTo(Optional.of(HOST));
    assertThat(parsed.toString()).doesNotContain(KEY).doesNotContain("send");
  }

  private static List<String> problems(String text) {
    List<String> problems =
        ConnectionString.parse(text).problems(List.of(HOST), Map.of("topic", "orders"));
    assertThat(problems).allSatisfy(problem -> assertThat(problem).doesNotContain("c2VjcmV0"));
    return problems;
  }
}
