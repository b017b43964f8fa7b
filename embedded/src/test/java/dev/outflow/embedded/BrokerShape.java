package dev.outflow.embedded;

import static org.apache.kafka.common.protocol.ApiKeys.ADD_OFFSETS_TO_TXN;
import static org.apache.kafka.common.protocol.ApiKeys.ADD_PARTITIONS_TO_TXN;
import static org.apache.kafka.common.protocol.ApiKeys.API_VERSIONS;
import static org.apache.kafka.common.protocol.ApiKeys.DESCRIBE_CLUSTER;
import static org.apache.kafka.common.protocol.ApiKeys.DESCRIBE_CONFIGS;
import static org.apache.kafka.common.protocol.ApiKeys.DESCRIBE_PRODUCERS;
import static org.apache.kafka.common.protocol.ApiKeys.DESCRIBE_TOPIC_PARTITIONS;
import static org.apache.kafka.common.protocol.ApiKeys.DESCRIBE_TRANSACTIONS;
import static org.apache.kafka.common.protocol.ApiKeys.END_TXN;
import static org.apache.kafka.common.protocol.ApiKeys.FETCH;
import static org.apache.kafka.common.protocol.ApiKeys.FIND_COORDINATOR;
import static org.apache.kafka.common.protocol.ApiKeys.INIT_PRODUCER_ID;
import static org.apache.kafka.common.protocol.ApiKeys.LIST_OFFSETS;
import static org.apache.kafka.common.protocol.ApiKeys.LIST_TRANSACTIONS;
import static org.apache.kafka.common.protocol.ApiKeys.METADATA;
import static org.apache.kafka.common.protocol.ApiKeys.OFFSET_COMMIT;
import static org.apache.kafka.common.protocol.ApiKeys.OFFSET_FETCH;
import static org.apache.kafka.common.protocol.ApiKeys.PRODUCE;
import static org.apache.kafka.common.protocol.ApiKeys.SASL_AUTHENTICATE;
import static org.apache.kafka.common.protocol.ApiKeys.SASL_HANDSHAKE;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.protocol.ApiKeys;

/**
 * The requests that a broker offers (KIP-35). What Event Hubs offers is not documented; these
 * versions are those of public traces of its service and its emulator.
 *
 * @param requests the requests of the clients of a job; requests of brokers and of consumer group
 *     members are left out
 */
public record BrokerShape(String name, Map<ApiKeys, Versions> requests) {

  /** The first and the last version of a request. */
  public record Versions(int min, int max) {}

  public BrokerShape {
    requests = Map.copyOf(requests);
  }

  /** Event Hubs without transactions: Standard tier, and the emulator. */
  public static BrokerShape eventHubs() {
    return new BrokerShape("Event Hubs", Map.of())
        .with(PRODUCE, 3, 7)
        .with(FETCH, 4, 6)
        .with(LIST_OFFSETS, 0, 7)
        .with(METADATA, 0, 5)
        .with(OFFSET_COMMIT, 0, 8)
        .with(OFFSET_FETCH, 0, 8)
        .with(FIND_COORDINATOR, 0, 4)
        .with(SASL_HANDSHAKE, 0, 1)
        .with(API_VERSIONS, 0, 3)
        .with(INIT_PRODUCER_ID, 0, 1)
        .with(DESCRIBE_CONFIGS, 0, 2)
        .with(SASL_AUTHENTICATE, 0, 1);
  }

  /** Returns all shapes of brokers that the client in use supports. */
  public static Stream<BrokerShape> all() {
    return Stream.of(
        eventHubs(), eventHubsPremium(), confluentCloud(), kafka21(), kafka28(), kafka39());
  }

  /** Event Hubs with transactions, a public preview of the Premium and Dedicated tiers. */
  public static BrokerShape eventHubsPremium() {
    return eventHubs()
        .named("Event Hubs Premium")
        .with(ADD_PARTITIONS_TO_TXN, 0, 0)
        .with(ADD_OFFSETS_TO_TXN, 0, 0)
        .with(END_TXN, 0, 0);
  }

  /** Confluent Cloud, which follows the newest Kafka. */
  public static BrokerShape confluentCloud() {
    return kafka39().named("Confluent Cloud");
  }

  /** Apache Kafka 2.1, the oldest version that Kafka 4's clients are documented for. */
  public static BrokerShape kafka21() {
    return new BrokerShape("Kafka 2.1", Map.of())
        .with(PRODUCE, 0, 7)
        .with(FETCH, 0, 10)
        .with(LIST_OFFSETS, 0, 4)
        .with(METADATA, 0, 7)
        .with(OFFSET_COMMIT, 0, 6)
        .with(OFFSET_FETCH, 0, 5)
        .with(FIND_COORDINATOR, 0, 2)
        .with(SASL_HANDSHAKE, 0, 1)
        .with(API_VERSIONS, 0, 2)
        .with(INIT_PRODUCER_ID, 0, 1)
        .with(ADD_PARTITIONS_TO_TXN, 0, 1)
        .with(ADD_OFFSETS_TO_TXN, 0, 1)
        .with(END_TXN, 0, 1)
        .with(DESCRIBE_CONFIGS, 0, 2)
        .with(SASL_AUTHENTICATE, 0, 0);
  }

  /** Apache Kafka 2.8. */
  public static BrokerShape kafka28() {
    return new BrokerShape("Kafka 2.8", Map.of())
        .with(PRODUCE, 0, 9)
        .with(FETCH, 0, 12)
        .with(LIST_OFFSETS, 0, 6)
        .with(METADATA, 0, 11)
        .with(OFFSET_COMMIT, 0, 8)
        .with(OFFSET_FETCH, 0, 7)
        .with(FIND_COORDINATOR, 0, 3)
        .with(SASL_HANDSHAKE, 0, 1)
        .with(API_VERSIONS, 0, 3)
        .with(INIT_PRODUCER_ID, 0, 4)
        .with(ADD_PARTITIONS_TO_TXN, 0, 3)
        .with(ADD_OFFSETS_TO_TXN, 0, 3)
        .with(END_TXN, 0, 3)
        .with(DESCRIBE_CONFIGS, 0, 4)
        .with(SASL_AUTHENTICATE, 0, 2)
        .with(DESCRIBE_CLUSTER, 0, 0)
        .with(DESCRIBE_PRODUCERS, 0, 0);
  }

  /** Apache Kafka 3.9. */
  public static BrokerShape kafka39() {
    return new BrokerShape("Kafka 3.9", Map.of())
        .with(PRODUCE, 0, 11)
        .with(FETCH, 0, 17)
        .with(LIST_OFFSETS, 0, 9)
        .with(METADATA, 0, 12)
        .with(OFFSET_COMMIT, 0, 9)
        .with(OFFSET_FETCH, 0, 9)
        .with(FIND_COORDINATOR, 0, 6)
        .with(SASL_HANDSHAKE, 0, 1)
        .with(API_VERSIONS, 0, 4)
        .with(INIT_PRODUCER_ID, 0, 5)
        .with(ADD_PARTITIONS_TO_TXN, 0, 5)
        .with(ADD_OFFSETS_TO_TXN, 0, 4)
        .with(END_TXN, 0, 4)
        .with(DESCRIBE_CONFIGS, 0, 4)
        .with(SASL_AUTHENTICATE, 0, 2)
        .with(DESCRIBE_CLUSTER, 0, 1)
        .with(DESCRIBE_PRODUCERS, 0, 0)
        .with(DESCRIBE_TRANSACTIONS, 0, 0)
        .with(LIST_TRANSACTIONS, 0, 1)
        .with(DESCRIBE_TOPIC_PARTITIONS, 0, 0);
  }

  /** Returns this shape with these versions of a request. */
  public BrokerShape with(ApiKeys request, int min, int max) {
    Map<ApiKeys, Versions> changed = new EnumMap<>(ApiKeys.class);
    changed.putAll(requests);
    changed.put(request, new Versions(min, max));
    return new BrokerShape(name, changed);
  }

  /** Returns this shape without a request. */
  public BrokerShape without(ApiKeys request) {
    Map<ApiKeys, Versions> changed = new EnumMap<>(ApiKeys.class);
    changed.putAll(requests);
    changed.remove(request);
    return new BrokerShape(name, changed);
  }

  boolean offers(ApiKeys request, int version) {
    Versions versions = requests.get(request);
    return versions != null && versions.min <= version && version <= versions.max;
  }

  private BrokerShape named(String newName) {
    return new BrokerShape(newName, requests);
  }

  @Override
  public String toString() {
    return name;
  }
}
