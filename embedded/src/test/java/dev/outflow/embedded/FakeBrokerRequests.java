package dev.outflow.embedded;

import java.util.Map;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.common.message.ApiVersionsResponseData;
import org.apache.kafka.common.message.ApiVersionsResponseData.ApiVersion;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.AddOffsetsToTxnRequest;
import org.apache.kafka.common.requests.AddPartitionsToTxnRequest;
import org.apache.kafka.common.requests.DescribeClusterRequest;
import org.apache.kafka.common.requests.DescribeConfigsRequest;
import org.apache.kafka.common.requests.DescribeProducersRequest;
import org.apache.kafka.common.requests.DescribeTopicPartitionsRequest;
import org.apache.kafka.common.requests.DescribeTransactionsRequest;
import org.apache.kafka.common.requests.EndTxnRequest;
import org.apache.kafka.common.requests.FetchRequest;
import org.apache.kafka.common.requests.FindCoordinatorRequest;
import org.apache.kafka.common.requests.InitProducerIdRequest;
import org.apache.kafka.common.requests.ListOffsetsRequest;
import org.apache.kafka.common.requests.ListTransactionsRequest;
import org.apache.kafka.common.requests.MetadataRequest;
import org.apache.kafka.common.requests.OffsetCommitRequest;
import org.apache.kafka.common.requests.OffsetFetchRequest;
import org.apache.kafka.common.requests.ProduceRequest;

/** Answers the requests of a {@link FakeBroker}, by their types. */
final class FakeBrokerRequests {
  private final FakeBroker broker;
  private final FakeCluster cluster;
  private final FakeRecords records;
  private final FakeOffsets offsets = new FakeOffsets();
  private final FakeTransactions transactions;

  FakeBrokerRequests(FakeBroker broker) {
    this.broker = broker;
    this.cluster = new FakeCluster(broker);
    this.records = new FakeRecords(broker);
    this.transactions = new FakeTransactions(broker);
  }

  ApiVersionsResponseData apiVersions(boolean offered) {
    ApiVersionsResponseData answer =
        new ApiVersionsResponseData()
            .setErrorCode(offered ? Errors.NONE.code() : Errors.UNSUPPORTED_VERSION.code());
    for (Map.Entry<ApiKeys, BrokerShape.Versions> request : broker.shape().requests().entrySet()) {
      if (offered || request.getKey() == ApiKeys.API_VERSIONS) {
        answer
            .apiKeys()
            .add(
                new ApiVersion()
                    .setApiKey(request.getKey().id)
                    .setMinVersion((short) request.getValue().min())
                    .setMaxVersion((short) request.getValue().max()));
      }
    }
    return answer;
  }

  /** Returns the answer; null for a request that expects none. */
  ApiMessage answer(AbstractRequest request) throws InterruptedException {
    if (request instanceof ProduceRequest produce) {
      return records.produce(produce.data());
    } else if (request instanceof FetchRequest fetch) {
      return records.fetch(fetch.data());
    } else if (request instanceof ListOffsetsRequest list) {
      return records.listOffsets(list.data());
    } else if (request instanceof MetadataRequest metadata) {
      return cluster.metadata(metadata);
    } else if (request instanceof DescribeClusterRequest) {
      return cluster.describeCluster();
    } else if (request instanceof DescribeTopicPartitionsRequest describe) {
      return cluster.describeTopics(describe.data());
    } else if (request instanceof DescribeConfigsRequest describe) {
      return cluster.describeConfigs(describe.data());
    } else if (request instanceof FindCoordinatorRequest find) {
      return cluster.findCoordinator(find.data());
    } else if (request instanceof OffsetCommitRequest commit) {
      return offsets.commit(commit.data());
    } else if (request instanceof OffsetFetchRequest fetch) {
      return offsets.fetch(fetch);
    }
    return transaction(request);
  }

  private ApiMessage transaction(AbstractRequest request) {
    if (request instanceof InitProducerIdRequest init) {
      return transactions.initProducerId(init.data());
    } else if (request instanceof AddPartitionsToTxnRequest add) {
      return transactions.addPartitions(add);
    } else if (request instanceof AddOffsetsToTxnRequest) {
      return transactions.addOffsets();
    } else if (request instanceof EndTxnRequest end) {
      return transactions.end(end.data());
    } else if (request instanceof DescribeTransactionsRequest describe) {
      return transactions.describe(describe.data());
    } else if (request instanceof ListTransactionsRequest) {
      return transactions.list();
    } else if (request instanceof DescribeProducersRequest describe) {
      return transactions.describeProducers(describe.data());
    }
    throw new UnsupportedVersionException("not implemented: " + request.apiKey());
  }
}
