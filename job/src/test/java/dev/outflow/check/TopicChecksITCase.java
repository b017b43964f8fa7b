package dev.outflow.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.embedded.EmbeddedKafka;
import dev.outflow.embedded.KafkaExtension;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Checks each topic that a table reads or can write to. */
@ExtendWith(KafkaExtension.class)
class TopicChecksITCase {
  private final CheckedBroker broker;

  TopicChecksITCase(EmbeddedKafka kafka) {
    broker = CheckedBroker.of(kafka);
  }

  @Test
  void checksEachTopicThatAnOutputCanWriteTo() throws Exception {
    String topic = broker.topic(Map.of());
    String compacted = broker.topic(Map.of("cleanup.policy", "compact"));
    Map<String, String> options = broker.options();
    options.put("topic.from", "target");
    options.put("topic.allowed", topic + ";not-there;" + compacted);
    RecordedCheck check = RecordedCheck.output(options);

    assertThat(check.all().stream().filter(report -> report.step() == CheckStep.TOPIC))
        .extracting(StepReport::outcome)
        .containsExactly(Outcome.OK, Outcome.FAILED, Outcome.OK);
    assertThat(check.all().stream().filter(report -> report.outcome() == Outcome.FAILED))
        .extracting(StepReport::answer)
        .satisfiesExactly(
            missing -> assertThat(missing).startsWith("topic 'not-there' does not exist"),
            unkeyed -> assertThat(unkeyed).contains("'%s' is compacted".formatted(compacted)));
    assertThat(check.step(CheckStep.TRANSACTIONS).outcome()).isEqualTo(Outcome.OK);
  }

  @Test
  void checksEachTopicThatAnInputReads() throws Exception {
    String topic = broker.topic(Map.of());
    Map<String, String> options = broker.options();
    options.put("topics", "not-there;" + topic);
    RecordedCheck check = RecordedCheck.input(options);

    check.assertFailed(CheckStep.TOPIC, "topics", "topic 'not-there' does not exist");
    assertThat(check.all().stream().filter(report -> report.step() == CheckStep.RETENTION))
        .extracting(StepReport::outcome)
        .containsExactly(Outcome.NOT_TRIED, Outcome.OK);
  }

  @Test
  void checksEachTopicThatMatchesAPatternAndReportsOverlaps() throws Exception {
    String topic = broker.topic(Map.of());
    Map<String, String> options = broker.options();
    options.put("topic-pattern", topic + "|none-.*");
    RecordedCheck check = RecordedCheck.input(options);
    assertThat(check.step(CheckStep.TOPICS).answer())
        .isEqualTo("1 topic matches '%1$s|none-.*': %1$s".formatted(topic));
    assertThat(check.step(CheckStep.RETENTION).outcome()).isEqualTo(Outcome.OK);

    RecordedCheck both =
        RecordedCheck.of(
            List.of(
                RecordedCheck.input("inputs.in", options),
                RecordedCheck.input("inputs.other", broker.options(topic))));
    assertThat(both.step(CheckStep.TOPICS).outcome()).isEqualTo(Outcome.WARNING);
    assertThat(both.step(CheckStep.TOPICS).answer())
        .contains("inputs.other also reads %s: each input reads all records".formatted(topic));
  }

  @Test
  void reportsAPatternThatNoTopicMatches() throws Exception {
    String topic = broker.topic(Map.of());
    Map<String, String> options = broker.options();
    RecordedCheck check = RecordedCheck.input(options, "topic-pattern", "not-there-*");

    check.assertFailed(
        CheckStep.TOPICS,
        "topic-pattern",
        "matches 'not-there-*', which must match the whole name (any text is '.*', not '*'); create one");
    assertThat(check.step(CheckStep.TOPIC).answer()).isEqualTo("not tried: topics failed");

    check = RecordedCheck.input(options, "topic-pattern", topic, "start", "last-stopped");
    check.assertFailed(
        CheckStep.GROUP,
        "start",
        "no committed offsets for topics that match '%s'".formatted(topic));
  }

  @Test
  void reportsAMissingTopic() throws Exception {
    RecordedCheck check = RecordedCheck.output(broker.options("absent"));

    check.assertFailed(CheckStep.TOPIC, "topic", "topic 'absent' does not exist on");
    assertThat(check.step(CheckStep.KEYS).answer()).isEqualTo("not tried: topic failed");
  }
}
