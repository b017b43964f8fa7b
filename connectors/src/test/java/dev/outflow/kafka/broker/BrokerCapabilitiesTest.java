package dev.outflow.kafka.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.embedded.BrokerShape;
import dev.outflow.kafka.broker.BrokerCapabilities.Support;
import java.util.Map;
import org.apache.kafka.common.message.ApiVersionsResponseData;
import org.apache.kafka.common.message.ApiVersionsResponseData.ApiVersion;
import org.apache.kafka.common.protocol.ApiKeys;
import org.junit.jupiter.api.Test;

class BrokerCapabilitiesTest {
  @Test
  void followsFromVersionsOfApacheKafka() {
    BrokerCapabilities old = of(BrokerShape.kafka21().with(ApiKeys.PRODUCE, 0, 6));
    assertThat(old.compression("zstd")).isEqualTo(Support.NO);
    BrokerCapabilities kafka = of(BrokerShape.kafka21());
    assertThat(kafka.compression("zstd")).isEqualTo(Support.YES);
    assertThat(kafka.compression("snappy")).isEqualTo(Support.YES);
    assertThat(kafka.transactions()).isEqualTo(Support.YES);
    assertThat(kafka.idempotence()).isEqualTo(Support.YES);
    assertThat(kafka.headers()).isEqualTo(Support.YES);
    assertThat(kafka.settings()).isEqualTo(Support.YES);
    assertThat(kafka.permissions()).isEqualTo(Support.NO);
    assertThat(of(BrokerShape.kafka28()).permissions()).isEqualTo(Support.YES);
  }

  @Test
  void assumesNothingAboutCodecsOfEventHubs() {
    for (BrokerShape shape : new BrokerShape[] {BrokerShape.eventHubs(), premium()}) {
      assertThat(of(shape).compression("zstd")).isEqualTo(Support.NO);
      assertThat(of(shape).compression("gzip")).isEqualTo(Support.UNKNOWN);
      assertThat(of(shape).compression("none")).isEqualTo(Support.YES);
      assertThat(of(shape).permissions()).isEqualTo(Support.NO);
    }
    assertThat(of(BrokerShape.eventHubs()).transactions()).isEqualTo(Support.NO);
    assertThat(of(BrokerShape.eventHubs()).missingForTransactions())
        .isEqualTo("AddPartitionsToTxn (24), EndTxn (26)");
    assertThat(of(premium()).transactions()).isEqualTo(Support.YES);
  }

  @Test
  void supportsOnlyWhatTheBrokersOffer() {
    BrokerCapabilities none = new BrokerCapabilities(Map.of());
    assertThat(none.transactions()).isEqualTo(Support.NO);
    assertThat(none.idempotence()).isEqualTo(Support.NO);
    assertThat(none.headers()).isEqualTo(Support.NO);
    assertThat(none.settings()).isEqualTo(Support.NO);
    assertThat(none.versions(ApiKeys.PRODUCE)).isEqualTo("none");
    assertThat(none.unsupported())
        .isEqualTo(
            "record headers, idempotent producers, transactions, queries of permissions, queries of settings");
    assertThat(of(BrokerShape.kafka39()).unsupported()).isEmpty();
    assertThat(none.missingForTransactions())
        .isEqualTo("InitProducerId (22), AddPartitionsToTxn (24), EndTxn (26)");
  }

  /** Kafka 0.11 offers DescribeConfigs 0 only, which Kafka 4's client cannot send. */
  @Test
  void needsAVersionThatTheClientKnows() {
    BrokerShape shape = BrokerShape.kafka21().with(ApiKeys.DESCRIBE_CONFIGS, 0, 0);
    assertThat(of(shape).settings())
        .isEqualTo(ApiKeys.DESCRIBE_CONFIGS.oldestVersion() > 0 ? Support.NO : Support.YES);
    assertThat(of(shape).versions(ApiKeys.DESCRIBE_CONFIGS)).isEqualTo("0-0");
  }

  @Test
  void ignoresRequestsThatTheClientDoesNotKnow() {
    ApiVersionsResponseData response = new ApiVersionsResponseData();
    response
        .apiKeys()
        .add(
            new ApiVersion()
                .setApiKey((short) 32_000)
                .setMinVersion((short) 0)
                .setMaxVersion((short) 1));

    assertThat(BrokerCapabilities.of(response).requests()).isEmpty();
  }

  private static BrokerShape premium() {
    return BrokerShape.eventHubsPremium();
  }

  private static BrokerCapabilities of(BrokerShape shape) {
    ApiVersionsResponseData response = new ApiVersionsResponseData();
    shape
        .requests()
        .forEach(
            (request, versions) ->
                response
                    .apiKeys()
                    .add(
                        new ApiVersion()
                            .setApiKey(request.id)
                            .setMinVersion((short) versions.min())
                            .setMaxVersion((short) versions.max())));
    return BrokerCapabilities.of(response);
  }
}
