package dev.outflow.embedded;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.message.AddOffsetsToTxnResponseData;
import org.apache.kafka.common.message.AddPartitionsToTxnRequestData.AddPartitionsToTxnTopic;
import org.apache.kafka.common.message.AddPartitionsToTxnResponseData;
import org.apache.kafka.common.message.DescribeProducersRequestData;
import org.apache.kafka.common.message.DescribeProducersResponseData;
import org.apache.kafka.common.message.DescribeTransactionsRequestData;
import org.apache.kafka.common.message.DescribeTransactionsResponseData;
import org.apache.kafka.common.message.EndTxnRequestData;
import org.apache.kafka.common.message.EndTxnResponseData;
import org.apache.kafka.common.message.InitProducerIdRequestData;
import org.apache.kafka.common.message.InitProducerIdResponseData;
import org.apache.kafka.common.message.ListTransactionsResponseData;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AddPartitionsToTxnRequest;

/** The producer ids and transactions of a {@link FakeBroker}. */
final class FakeTransactions {
  private final FakeBroker broker;
  private final AtomicLong nextProducer = new AtomicLong(1);
  private final Map<String, Producer> producers = new HashMap<>();

  private record Producer(long id, short epoch) {}

  FakeTransactions(FakeBroker broker) {
    this.broker = broker;
  }

  /** Aborts the transaction that an earlier producer with the same transactional id left open. */
  synchronized InitProducerIdResponseData initProducerId(InitProducerIdRequestData request) {
    if (request.transactionalId() == null) {
      return new InitProducerIdResponseData()
          .setProducerId(nextProducer.getAndIncrement())
          .setProducerEpoch((short) 0);
    }
    Producer before = producers.get(request.transactionalId());
    Producer now =
        before == null
            ? new Producer(nextProducer.getAndIncrement(), (short) 0)
            : new Producer(before.id(), (short) (before.epoch() + 1));
    if (before != null) {
      end(before, false);
    }
    producers.put(request.transactionalId(), now);
    return new InitProducerIdResponseData().setProducerId(now.id()).setProducerEpoch(now.epoch());
  }

  AddPartitionsToTxnResponseData addPartitions(AddPartitionsToTxnRequest request) {
    AddPartitionsToTxnResponseData answer = new AddPartitionsToTxnResponseData();
    for (AddPartitionsToTxnTopic topic : request.data().v3AndBelowTopics()) {
      AddPartitionsToTxnResponseData.AddPartitionsToTxnTopicResult result =
          new AddPartitionsToTxnResponseData.AddPartitionsToTxnTopicResult().setName(topic.name());
      for (int partition : topic.partitions()) {
        result
            .resultsByPartition()
            .add(
                new AddPartitionsToTxnResponseData.AddPartitionsToTxnPartitionResult()
                    .setPartitionIndex(partition));
      }
      answer.resultsByTopicV3AndBelow().add(result);
    }
    return answer;
  }

  AddOffsetsToTxnResponseData addOffsets() {
    return new AddOffsetsToTxnResponseData();
  }

  synchronized EndTxnResponseData end(EndTxnRequestData request) {
    Producer current = producers.get(request.transactionalId());
    if (current == null || current.id() != request.producerId()) {
      return new EndTxnResponseData().setErrorCode(Errors.INVALID_PRODUCER_ID_MAPPING.code());
    }
    if (current.epoch() != request.producerEpoch()) {
      return new EndTxnResponseData().setErrorCode(Errors.INVALID_PRODUCER_EPOCH.code());
    }
    end(current, request.committed());
    return new EndTxnResponseData().setProducerId(current.id()).setProducerEpoch(current.epoch());
  }

  private void end(Producer producer, boolean commit) {
    for (FakeTopic topic : broker.topics()) {
      topic
          .partitions()
          .forEach(partition -> partition.endTransaction(producer.id(), producer.epoch(), commit));
    }
  }

  DescribeTransactionsResponseData describe(DescribeTransactionsRequestData request) {
    List<DescribeTransactionsResponseData.TransactionState> states = new ArrayList<>();
    for (String id : request.transactionalIds()) {
      states.add(
          new DescribeTransactionsResponseData.TransactionState()
              .setTransactionalId(id)
              .setErrorCode(Errors.TRANSACTIONAL_ID_NOT_FOUND.code()));
    }
    return new DescribeTransactionsResponseData().setTransactionStates(states);
  }

  ListTransactionsResponseData list() {
    return new ListTransactionsResponseData();
  }

  DescribeProducersResponseData describeProducers(DescribeProducersRequestData request) {
    DescribeProducersResponseData answer = new DescribeProducersResponseData();
    for (DescribeProducersRequestData.TopicRequest topic : request.topics()) {
      DescribeProducersResponseData.TopicResponse result =
          new DescribeProducersResponseData.TopicResponse().setName(topic.name());
      for (int partition : topic.partitionIndexes()) {
        result
            .partitions()
            .add(
                new DescribeProducersResponseData.PartitionResponse().setPartitionIndex(partition));
      }
      answer.topics().add(result);
    }
    return answer;
  }
}
