package dev.outflow.embedded;

import java.util.Optional;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.FetchRequestData;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.message.ListOffsetsRequestData;
import org.apache.kafka.common.message.ListOffsetsResponseData;
import org.apache.kafka.common.message.ListOffsetsResponseData.ListOffsetsPartitionResponse;
import org.apache.kafka.common.message.ListOffsetsResponseData.ListOffsetsTopicResponse;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.record.MutableRecordBatch;
import org.apache.kafka.common.requests.ListOffsetsRequest;

/** Produce, Fetch and ListOffsets of a {@link FakeBroker}. */
record FakeRecords(FakeBroker broker) {
  private static final int LONGEST_POLL_MS = 200;
  private static final byte READ_COMMITTED = 1;

  ProduceResponseData produce(ProduceRequestData request) {
    ProduceResponseData answer = new ProduceResponseData().setThrottleTimeMs(broker.throttleMs());
    for (ProduceRequestData.TopicProduceData topic : request.topicData()) {
      ProduceResponseData.TopicProduceResponse result =
          new ProduceResponseData.TopicProduceResponse()
              .setName(topic.name())
              .setTopicId(topic.topicId());
      Optional<FakeTopic> stored = broker.topic(topic.name(), topic.topicId());
      for (ProduceRequestData.PartitionProduceData partition : topic.partitionData()) {
        FakePartition.Appended appended =
            stored.isEmpty()
                ? new FakePartition.Appended(Errors.UNKNOWN_TOPIC_OR_PARTITION, -1)
                : append(
                    stored.get().partitions().get(partition.index()),
                    (MemoryRecords) partition.records());
        result
            .partitionResponses()
            .add(
                new ProduceResponseData.PartitionProduceResponse()
                    .setIndex(partition.index())
                    .setErrorCode(appended.error().code())
                    .setBaseOffset(appended.offset())
                    .setLogStartOffset(0));
      }
      answer.responses().add(result);
    }
    return request.acks() == 0 ? null : answer;
  }

  private FakePartition.Appended append(FakePartition partition, MemoryRecords records) {
    FakePartition.Appended appended = new FakePartition.Appended(Errors.NONE, -1);
    for (MutableRecordBatch batch : records.batches()) {
      Errors error = broker.produceError(batch.compressionType());
      if (error != Errors.NONE) {
        return new FakePartition.Appended(error, -1);
      }
      appended = partition.append(batch);
    }
    return appended;
  }

  FetchResponseData fetch(FetchRequestData request) throws InterruptedException {
    boolean committed = request.isolationLevel() == READ_COMMITTED;
    FetchResponseData answer = read(request, committed);
    boolean empty =
        answer.responses().stream()
            .flatMap(topic -> topic.partitions().stream())
            .allMatch(
                partition ->
                    partition.errorCode() == Errors.NONE.code()
                        && partition.records().sizeInBytes() == 0);
    if (empty) {
      awaitRecords(request);
      return read(request, committed);
    }
    return answer;
  }

  private void awaitRecords(FetchRequestData request) throws InterruptedException {
    int wait = Math.min(LONGEST_POLL_MS, request.maxWaitMs());
    for (FetchRequestData.FetchTopic topic : request.topics()) {
      Optional<FakeTopic> stored = broker.topic(topic.topic(), topic.topicId());
      if (stored.isPresent() && !topic.partitions().isEmpty()) {
        FetchRequestData.FetchPartition first = topic.partitions().get(0);
        stored.get().partitions().get(first.partition()).awaitRecords(first.fetchOffset(), wait);
        return;
      }
    }
    Thread.sleep(wait); // As a broker waits that was asked for no partition.
  }

  private FetchResponseData read(FetchRequestData request, boolean committed) {
    FetchResponseData answer = new FetchResponseData().setThrottleTimeMs(broker.throttleMs());
    for (FetchRequestData.FetchTopic topic : request.topics()) {
      FetchResponseData.FetchableTopicResponse result =
          new FetchResponseData.FetchableTopicResponse()
              .setTopic(topic.topic())
              .setTopicId(topic.topicId());
      Optional<FakeTopic> stored = broker.topic(topic.topic(), topic.topicId());
      for (FetchRequestData.FetchPartition partition : topic.partitions()) {
        result.partitions().add(read(stored, partition, committed));
      }
      answer.responses().add(result);
    }
    return answer;
  }

  private static FetchResponseData.PartitionData read(
      Optional<FakeTopic> topic, FetchRequestData.FetchPartition partition, boolean committed) {
    FetchResponseData.PartitionData answer =
        new FetchResponseData.PartitionData()
            .setPartitionIndex(partition.partition())
            .setRecords(MemoryRecords.EMPTY)
            .setHighWatermark(-1);
    if (topic.isEmpty()) {
      return answer.setErrorCode(Errors.UNKNOWN_TOPIC_OR_PARTITION.code());
    }
    FakePartition stored = topic.get().partitions().get(partition.partition());
    if (partition.fetchOffset() > stored.end()) {
      return answer.setErrorCode(Errors.OFFSET_OUT_OF_RANGE.code());
    }
    FakePartition.Fetched fetched =
        stored.read(partition.fetchOffset(), partition.partitionMaxBytes(), committed);
    return answer
        .setRecords(fetched.records())
        .setHighWatermark(fetched.end())
        .setLastStableOffset(fetched.stableEnd())
        .setLogStartOffset(0)
        .setAbortedTransactions(committed ? fetched.aborted() : null);
  }

  ListOffsetsResponseData listOffsets(ListOffsetsRequestData request) {
    ListOffsetsResponseData answer =
        new ListOffsetsResponseData().setThrottleTimeMs(broker.throttleMs());
    boolean committed = request.isolationLevel() == READ_COMMITTED;
    for (ListOffsetsRequestData.ListOffsetsTopic topic : request.topics()) {
      Optional<FakeTopic> stored = Optional.ofNullable(topic.name()).flatMap(this::find);
      ListOffsetsTopicResponse result = new ListOffsetsTopicResponse().setName(topic.name());
      for (ListOffsetsRequestData.ListOffsetsPartition partition : topic.partitions()) {
        ListOffsetsPartitionResponse offset =
            new ListOffsetsPartitionResponse().setPartitionIndex(partition.partitionIndex());
        result
            .partitions()
            .add(
                stored.isEmpty()
                    ? offset.setErrorCode(Errors.UNKNOWN_TOPIC_OR_PARTITION.code())
                    : offset.setOffset(
                        offset(
                            stored.get().partitions().get(partition.partitionIndex()),
                            partition.timestamp(),
                            committed)));
      }
      answer.topics().add(result);
    }
    return answer;
  }

  private Optional<FakeTopic> find(String name) {
    return broker.topic(name, Uuid.ZERO_UUID);
  }

  private static long offset(FakePartition partition, long timestamp, boolean committed) {
    if (timestamp == ListOffsetsRequest.EARLIEST_TIMESTAMP) {
      return 0;
    }
    if (timestamp == ListOffsetsRequest.LATEST_TIMESTAMP) {
      return committed ? partition.stableEnd() : partition.end();
    }
    return partition.offsetAt(timestamp);
  }
}
