package dev.outflow.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.option.OptionProblem;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.message.ApiVersionsResponseData;
import org.apache.kafka.common.message.ApiVersionsResponseData.ApiVersion;
import org.apache.kafka.common.message.ApiVersionsResponseData.ApiVersionCollection;
import org.apache.kafka.common.protocol.ApiKeys;
import org.junit.jupiter.api.Test;

class ProtocolChecksTest {
  private static final BrokerAddress BROKER = new BrokerAddress("broker", 9092);

  @Test
  void acceptsBrokersSince011() {
    assertThat(problem(Map.of(ApiKeys.PRODUCE, range(0, 3), ApiKeys.FETCH, range(0, 5)))).isEmpty();
    assertThat(problem(Map.of(ApiKeys.PRODUCE, range(3, 99), ApiKeys.FETCH, range(4, 99))))
        .isEmpty();
  }

  @Test
  void rejectsBrokersWhoseRequestsTheClientNoLongerSupports() {
    assertThat(problem(Map.of(ApiKeys.PRODUCE, range(0, 2), ApiKeys.FETCH, range(0, 3))))
        .contains(
            new OptionProblem(
                "bootstrap-servers",
                "broker:9092 does not support the requests of kafka-clients 4.2.0 (Produce 3-13,"
                    + " broker: 0-2): it is older than Kafka 0.11; upgrade it, or submit"
                    + " outflow-legacy.jar instead (see docs/brokers.md)"));
    assertThat(problem(Map.of(ApiKeys.PRODUCE, range(0, 3), ApiKeys.FETCH, range(0, 3))))
        .get()
        .extracting(OptionProblem::message)
        .asString()
        .contains("(Fetch 4-18, broker: 0-3): it is older than Kafka 0.11;");
  }

  @Test
  void rejectsBrokersWhoseRequestsTheClientDoesNotSupportYet() {
    assertThat(problem(Map.of(ApiKeys.PRODUCE, range(0, 13), ApiKeys.FETCH, range(50, 60))))
        .contains(
            new OptionProblem(
                "bootstrap-servers",
                "broker:9092 does not support the requests of kafka-clients 4.2.0 (Fetch 4-18,"
                    + " broker: 50-60): it is newer; upgrade Outflow"));
  }

  @Test
  void rejectsServersThatAcceptNoRecords() {
    assertThat(problem(Map.of(ApiKeys.FETCH, range(4, 18))))
        .contains(
            new OptionProblem(
                "bootstrap-servers",
                "broker:9092 does not support the requests of kafka-clients 4.2.0 (Produce 3-13,"
                    + " broker: none): it may be a KRaft controller; use the address of a broker"));
  }

  private static ApiVersion range(int min, int max) {
    return new ApiVersion().setMinVersion((short) min).setMaxVersion((short) max);
  }

  private static Optional<OptionProblem> problem(Map<ApiKeys, ApiVersion> supported) {
    ApiVersionCollection requests = new ApiVersionCollection();
    supported.forEach((request, range) -> requests.add(range.setApiKey(request.id)));
    return ProtocolChecks.incompatibility(
        BROKER, new ApiVersions(new ApiVersionsResponseData().setApiKeys(requests)));
  }
}
