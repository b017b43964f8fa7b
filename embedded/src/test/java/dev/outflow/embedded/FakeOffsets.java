package dev.outflow.embedded;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.kafka.common.message.OffsetCommitRequestData;
import org.apache.kafka.common.message.OffsetCommitResponseData;
import org.apache.kafka.common.message.OffsetCommitResponseData.OffsetCommitResponsePartition;
import org.apache.kafka.common.message.OffsetCommitResponseData.OffsetCommitResponseTopic;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestGroup;
import org.apache.kafka.common.message.OffsetFetchResponseData;
import org.apache.kafka.common.message.OffsetFetchResponseData.OffsetFetchResponseGroup;
import org.apache.kafka.common.message.OffsetFetchResponseData.OffsetFetchResponsePartition;
import org.apache.kafka.common.message.OffsetFetchResponseData.OffsetFetchResponsePartitions;
import org.apache.kafka.common.message.OffsetFetchResponseData.OffsetFetchResponseTopic;
import org.apache.kafka.common.message.OffsetFetchResponseData.OffsetFetchResponseTopics;
import org.apache.kafka.common.requests.OffsetFetchRequest;

/** The committed offsets of the consumer groups of a {@link FakeBroker}. */
final class FakeOffsets {
  /** From the version that asks for several groups (KIP-709). */
  private static final short WITH_GROUPS = 8;

  private final ConcurrentMap<String, ConcurrentMap<String, Map<Integer, Long>>> groups =
      new ConcurrentHashMap<>();

  OffsetCommitResponseData commit(OffsetCommitRequestData request) {
    OffsetCommitResponseData answer = new OffsetCommitResponseData();
    ConcurrentMap<String, Map<Integer, Long>> group =
        groups.computeIfAbsent(request.groupId(), name -> new ConcurrentHashMap<>());
    for (OffsetCommitRequestData.OffsetCommitRequestTopic topic : request.topics()) {
      OffsetCommitResponseTopic result = new OffsetCommitResponseTopic().setName(topic.name());
      for (OffsetCommitRequestData.OffsetCommitRequestPartition partition : topic.partitions()) {
        group
            .computeIfAbsent(topic.name(), name -> new ConcurrentSkipListMap<>())
            .put(partition.partitionIndex(), partition.committedOffset());
        result
            .partitions()
            .add(new OffsetCommitResponsePartition().setPartitionIndex(partition.partitionIndex()));
      }
      answer.topics().add(result);
    }
    return answer;
  }

  OffsetFetchResponseData fetch(OffsetFetchRequest request) {
    OffsetFetchResponseData answer = new OffsetFetchResponseData();
    if (request.version() < WITH_GROUPS) {
      offsets(request.data().groupId())
          .forEach((topic, offsets) -> answer.topics().add(old(topic, offsets)));
      return answer;
    }
    for (OffsetFetchRequestGroup group : request.data().groups()) {
      List<OffsetFetchResponseTopics> topics =
          offsets(group.groupId()).entrySet().stream()
              .map(topic -> current(topic.getKey(), topic.getValue()))
              .toList();
      answer
          .groups()
          .add(new OffsetFetchResponseGroup().setGroupId(group.groupId()).setTopics(topics));
    }
    return answer;
  }

  private Map<String, Map<Integer, Long>> offsets(String group) {
    Map<String, Map<Integer, Long>> offsets = groups.get(group);
    return offsets == null ? Map.of() : offsets;
  }

  private static OffsetFetchResponseTopic old(String topic, Map<Integer, Long> offsets) {
    return new OffsetFetchResponseTopic()
        .setName(topic)
        .setPartitions(
            offsets.entrySet().stream()
                .map(
                    offset ->
                        new OffsetFetchResponsePartition()
                            .setPartitionIndex(offset.getKey())
                            .setCommittedOffset(offset.getValue())
                            .setMetadata(""))
                .toList());
  }

  private static OffsetFetchResponseTopics current(String topic, Map<Integer, Long> offsets) {
    return new OffsetFetchResponseTopics()
        .setName(topic)
        .setPartitions(
            offsets.entrySet().stream()
                .map(
                    offset ->
                        new OffsetFetchResponsePartitions()
                            .setPartitionIndex(offset.getKey())
                            .setCommittedOffset(offset.getValue())
                            .setMetadata(""))
                .toList());
  }
}
