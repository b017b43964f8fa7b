package dev.outflow.kafka.broker;

import static java.util.stream.Collectors.joining;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.message.ApiVersionsResponseData;
import org.apache.kafka.common.message.ApiVersionsResponseData.ApiVersion;
import org.apache.kafka.common.protocol.ApiKeys;

/**
 * What brokers can do, as far as it follows from the requests and versions that they support
 * (KIP-35).
 *
 * @param requests the requests that Kafka's client knows, with the versions that the brokers
 *     support
 */
public record BrokerCapabilities(Map<ApiKeys, Versions> requests) {
  private static final List<ApiKeys> FOR_TRANSACTIONS =
      List.of(ApiKeys.INIT_PRODUCER_ID, ApiKeys.ADD_PARTITIONS_TO_TXN, ApiKeys.END_TXN);

  /** KIP-110, Kafka 2.1. */
  public static final int PRODUCE_WITH_ZSTD = 7;

  /** KIP-110, Kafka 2.1: consumers must understand zstd as well. */
  public static final int FETCH_WITH_ZSTD = 10;

  /** KIP-430, Kafka 2.3. */
  private static final int METADATA_WITH_PERMISSIONS = 8;

  /** KIP-98, Kafka 0.11: record batches with headers, for idempotent producers. */
  private static final int PRODUCE_WITH_HEADERS = 3;

  /** The first and the last supported version of a request. */
  public record Versions(int first, int last) {
    @Override
    public String toString() {
      return first + "-" + last;
    }
  }

  /** Whether brokers support something. */
  public enum Support {
    YES,
    NO,
    UNKNOWN
  }

  public BrokerCapabilities {
    requests = Map.copyOf(requests);
  }

  /** Reads a broker's response. */
  public static BrokerCapabilities of(ApiVersionsResponseData response) {
    Map<ApiKeys, Versions> requests = new EnumMap<>(ApiKeys.class);
    for (ApiVersion range : response.apiKeys()) {
      if (ApiKeys.hasId(range.apiKey())) {
        requests.put(
            ApiKeys.forId(range.apiKey()), new Versions(range.minVersion(), range.maxVersion()));
      }
    }
    return new BrokerCapabilities(requests);
  }

  /** Returns whether a request is supported in this version. */
  public boolean supports(ApiKeys request, int version) {
    Versions versions = requests.get(request);
    return versions != null && versions.first <= version && version <= versions.last;
  }

  /** {@code 0-13}; {@code none} if the request is not supported. */
  public String versions(ApiKeys request) {
    return Optional.ofNullable(requests.get(request)).map(Versions::toString).orElse("none");
  }

  /**
   * Returns whether the brokers accept batches with this codec. Unknown for brokers that cannot be
   * Apache Kafka, such as Event Hubs: those reject codecs that their version of Produce includes.
   */
  public Support compression(String codec) {
    return switch (codec) {
      case "none" -> Support.YES;
      case "zstd" ->
          of(
              supports(ApiKeys.PRODUCE, PRODUCE_WITH_ZSTD)
                  && supports(ApiKeys.FETCH, FETCH_WITH_ZSTD));
      default -> isApacheKafka() ? Support.YES : Support.UNKNOWN;
    };
  }

  /**
   * Kafka 0.11 introduced record batches with transactions, and Kafka 2.1 Produce 7 with Fetch 10.
   */
  private boolean isApacheKafka() {
    return transactions() == Support.YES
        && supports(ApiKeys.PRODUCE, PRODUCE_WITH_ZSTD) == supports(ApiKeys.FETCH, FETCH_WITH_ZSTD);
  }

  /** Returns whether producers can write in transactions. */
  public Support transactions() {
    return of(missingForTransactions().isEmpty());
  }

  /** Lists the requests that transactions lack: {@code AddPartitionsToTxn (24)}. */
  public String missingForTransactions() {
    return FOR_TRANSACTIONS.stream()
        .filter(request -> !supports(request))
        .map(request -> "%s (%d)".formatted(request.name, request.id))
        .collect(joining(", "));
  }

  /** Returns whether producers can be idempotent. */
  public Support idempotence() {
    return of(supports(ApiKeys.INIT_PRODUCER_ID));
  }

  /** Returns whether records can have headers and timestamps. */
  public Support headers() {
    return of(supports(ApiKeys.PRODUCE, PRODUCE_WITH_HEADERS));
  }

  /** Returns whether the description of a topic includes what the client is authorized to do. */
  public Support permissions() {
    return of(supports(ApiKeys.METADATA, METADATA_WITH_PERMISSIONS));
  }

  /** Returns whether the settings of topics and brokers can be requested. */
  public Support settings() {
    return of(supports(ApiKeys.DESCRIBE_CONFIGS));
  }

  /** Lists what the brokers do not support: {@code transactions, permissions}. */
  public String unsupported() {
    Map<String, Support> all = new LinkedHashMap<>();
    all.put("record headers", headers());
    all.put("idempotent producers", idempotence());
    all.put("transactions", transactions());
    all.put("queries of permissions", permissions());
    all.put("queries of settings", settings());
    return all.entrySet().stream()
        .filter(feature -> feature.getValue() == Support.NO)
        .map(Map.Entry::getKey)
        .collect(joining(", "));
  }

  /** Returns whether Kafka's client and the brokers have a version of this request in common. */
  private boolean supports(ApiKeys request) {
    Versions versions = requests.get(request);
    return versions != null
        && versions.first <= request.latestVersion()
        && versions.last >= request.oldestVersion();
  }

  private static Support of(boolean supported) {
    return supported ? Support.YES : Support.NO;
  }
}
