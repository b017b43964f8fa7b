package dev.outflow.kafka.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicLogTest {
  private static final TopicPartition PARTITION = new TopicPartition("orders", 0);
  private static final Uuid ID = new Uuid(1, 1);
  private static final Uuid OTHER = new Uuid(2, 2);
  private static final TopicLog LOG = log(ID, 100, 200);

  @ParameterizedTest
  @ValueSource(longs = {100, 150, 200})
  void findsNothingLostBetweenTheFirstOffsetAndTheEnd(long position) {
    assertThat(LOG.lost(at(position, ID))).isEmpty();
    assertThat(LOG.lost(at(position, Uuid.ZERO_UUID))).isEmpty();
    assertThat(log(Uuid.ZERO_UUID, 100, 200).lost(at(position, ID))).isEmpty();
  }

  @Test
  void findsNothingLostInAnEmptyPartition() {
    assertThat(log(ID, 200, 200).lost(at(200, ID))).isEmpty();
    assertThat(log(ID, 0, 0).lost(at(0, ID))).isEmpty();
  }

  @Test
  void findsRecordsBeforeTheFirstOffsetLost() {
    assertThat(LOG.lost(at(60, ID)))
        .hasValue(new LostInput.DeletedRecords(PARTITION, 60, 100, 5, -1));
  }

  @Test
  void findsAPositionBeyondTheEndLost() {
    assertThat(LOG.lost(at(201, ID))).hasValue(new LostInput.BeyondEnd(PARTITION, 201, 100, 200));
  }

  @Test
  void findsATopicWithAnotherIdLostEvenIfTheOffsetExists() {
    assertThat(LOG.lost(at(150, OTHER)))
        .hasValue(new LostInput.RecreatedTopic(PARTITION, 150, 100, OTHER, ID));
  }

  @Test
  void findsAPartitionLostThatDoesNotExistAndResumesAtItsFirstOffset() {
    Optional<LostInput> lost = new TopicLog(ID, 0, Map.of(), Optional.empty()).lost(at(150, ID));

    assertThat(lost).hasValue(new LostInput.DeletedPartition(PARTITION, 150));
    assertThat(lost.orElseThrow().resume()).isZero();
  }

  @Test
  void findsNothingLostWithoutALeaderThatKnowsTheOffsets() {
    assertThat(new TopicLog(ID, 1, Map.of(), Optional.empty()).lost(at(60, ID))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"-1,, 200", "-2,, 100", "-3,, 100", "-3, 60, 60"})
  void startsAtTheOffsetThatAMarkerStandsFor(long marker, Long committed, long offset) {
    assertThat(LOG.lost(at(marker, Uuid.ZERO_UUID))).isEmpty();
    assertThat(LOG.start(at(marker, Uuid.ZERO_UUID), committed)).hasValue(offset);
  }

  @Test
  void keepsAnOffsetThatIsNotAMarker() {
    assertThat(LOG.start(at(60, ID), null)).isEmpty();
  }

  private static TopicLog log(Uuid id, long first, long end) {
    return new TopicLog(id, 1, Map.of(PARTITION, new TopicLog.Range(first, end)), Optional.empty());
  }

  private static TrackedSplit at(long offset, Uuid id) {
    return new TrackedSplit(new KafkaPartitionSplit(PARTITION, offset), id, 5);
  }
}
