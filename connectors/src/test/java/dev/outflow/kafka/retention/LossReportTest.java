package dev.outflow.kafka.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

class LossReportTest {
  private static final TopicPartition PARTITION = new TopicPartition("orders", 3);

  @Test
  void saysWhatIsLostAndWhatToDo() {
    assertThat(report(deleted(PARTITION)).failure())
        .isEqualTo(
            "input 'sales': records are lost: orders-3: offsets 500 to 999 (up to 500 records) were deleted before they were read. Write these records again if you can, and restart the job from its last checkpoint with 'on-lost-input' = 'continue', which resumes at the first record that is left");
  }

  @Test
  void saysWhereTheJobResumes() {
    assertThat(
            report(deleted(PARTITION), new LostInput.DeletedPartition(PARTITION, 7)).resumption())
        .isEqualTo(
            "input 'sales': records are lost: orders-3: offsets 500 to 999 (up to 500 records) were deleted before they were read; orders-3: the partition was deleted, with its records from offset 7 on; resuming at offset 1000 of orders-3, offset 0 of orders-3");
  }

  @Test
  void saysWhenTheLostRecordsWereWritten() {
    assertThat(deleted(1000, 2000))
        .contains(
            "(up to 500 records, written between 1970-01-01T00:00:01Z and 1970-01-01T00:00:02Z)");
    assertThat(deleted(-1, 2000)).contains("records, written before 1970-01-01T00:00:02Z)");
    assertThat(deleted(1000, -1)).contains("records, written after 1970-01-01T00:00:01Z)");
  }

  @Test
  void explainsPositionsThatAreNotInTheLog() {
    assertThat(new LostInput.RecreatedTopic(PARTITION, 9, 0, new Uuid(1, 1), new Uuid(2, 2)))
        .hasToString(
            "orders-3: the topic was deleted and created again (topic id AAAAAAAAAAEAAAAAAAAAAQ, now AAAAAAAAAAIAAAAAAAAAAg), with its records from offset 9 on");
    assertThat(new LostInput.BeyondEnd(PARTITION, 9, 0, 5))
        .hasToString(
            "orders-3: the job has read up to offset 9, but the log ends at offset 5: the topic was deleted and created again, or an unclean leader election truncated the log");
    assertThat(new LostInput.TruncatedLog(PARTITION, 9, 5))
        .hasToString(
            "orders-3: the job has read up to offset 9, but an unclean leader election truncated the log to offset 5");
  }

  @Test
  void listsTenPartitions() {
    LostInput[] losses =
        IntStream.range(0, 12)
            .mapToObj(partition -> deleted(new TopicPartition("orders", partition)))
            .toArray(LostInput[]::new);

    assertThat(report(losses).toString())
        .contains("orders-9: offsets")
        .doesNotContain("orders-10: offsets")
        .endsWith("; 2 more partitions");
  }

  private static LossReport report(LostInput... losses) {
    return new LossReport("sales", List.copyOf(Arrays.asList(losses)));
  }

  private static LostInput deleted(TopicPartition partition) {
    return new LostInput.DeletedRecords(partition, 500, 1000, -1, -1);
  }

  private static String deleted(long lastRead, long firstLeft) {
    return new LostInput.DeletedRecords(PARTITION, 500, 1000, lastRead, firstLeft).toString();
  }
}
