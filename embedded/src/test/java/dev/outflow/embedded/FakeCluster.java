package dev.outflow.embedded;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.message.DescribeClusterResponseData;
import org.apache.kafka.common.message.DescribeClusterResponseData.DescribeClusterBroker;
import org.apache.kafka.common.message.DescribeConfigsRequestData;
import org.apache.kafka.common.message.DescribeConfigsResponseData;
import org.apache.kafka.common.message.DescribeConfigsResponseData.DescribeConfigsResourceResult;
import org.apache.kafka.common.message.DescribeConfigsResponseData.DescribeConfigsResult;
import org.apache.kafka.common.message.DescribeTopicPartitionsRequestData;
import org.apache.kafka.common.message.DescribeTopicPartitionsResponseData;
import org.apache.kafka.common.message.DescribeTopicPartitionsResponseData.DescribeTopicPartitionsResponsePartition;
import org.apache.kafka.common.message.DescribeTopicPartitionsResponseData.DescribeTopicPartitionsResponseTopic;
import org.apache.kafka.common.message.FindCoordinatorRequestData;
import org.apache.kafka.common.message.FindCoordinatorResponseData;
import org.apache.kafka.common.message.FindCoordinatorResponseData.Coordinator;
import org.apache.kafka.common.message.MetadataRequestData.MetadataRequestTopic;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponseBroker;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponsePartition;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponseTopic;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.MetadataRequest;
import org.apache.kafka.common.utils.Utils;

/** What a {@link FakeBroker} says about itself and its topics. */
record FakeCluster(FakeBroker broker) {
  private static final int NODE = 1;
  private static final List<Integer> REPLICAS = List.of(NODE);
  private static final Map<String, String> BROKER_SETTINGS =
      Map.of("transaction.max.timeout.ms", "900000");

  /** As a broker without an authorizer reports them. */
  private static final int EVERY_OPERATION =
      Utils.to32BitField(
          Set.of(
              AclOperation.READ.code(),
              AclOperation.WRITE.code(),
              AclOperation.DESCRIBE.code(),
              AclOperation.DESCRIBE_CONFIGS.code()));

  MetadataResponseData metadata(MetadataRequest request) {
    MetadataResponseData answer =
        new MetadataResponseData().setClusterId(FakeBroker.CLUSTER_ID).setControllerId(NODE);
    answer
        .brokers()
        .add(
            new MetadataResponseBroker()
                .setNodeId(NODE)
                .setHost(broker.host())
                .setPort(broker.port()));
    boolean permissions = request.data().includeTopicAuthorizedOperations();
    if (request.isAllTopics()) {
      if (!broker.hidesTopics()) {
        broker.topics().forEach(topic -> answer.topics().add(describe(topic, permissions)));
      }
    } else {
      for (MetadataRequestTopic topic : request.data().topics()) {
        answer
            .topics()
            .add(
                broker
                    .topic(topic.name(), topic.topicId())
                    .map(found -> describe(found, permissions))
                    .orElseGet(
                        () ->
                            new MetadataResponseTopic()
                                .setName(topic.name())
                                .setTopicId(topic.topicId())
                                .setErrorCode(Errors.UNKNOWN_TOPIC_OR_PARTITION.code())));
      }
    }
    return answer;
  }

  private static MetadataResponseTopic describe(FakeTopic topic, boolean permissions) {
    MetadataResponseTopic answer =
        new MetadataResponseTopic()
            .setName(topic.name())
            .setTopicId(topic.id())
            .setPartitions(
                IntStream.range(0, topic.partitions().size())
                    .mapToObj(
                        index ->
                            new MetadataResponsePartition()
                                .setPartitionIndex(index)
                                .setLeaderId(NODE)
                                .setLeaderEpoch(0)
                                .setReplicaNodes(REPLICAS)
                                .setIsrNodes(REPLICAS))
                    .toList());
    return permissions ? answer.setTopicAuthorizedOperations(EVERY_OPERATION) : answer;
  }

  DescribeClusterResponseData describeCluster() {
    DescribeClusterResponseData answer =
        new DescribeClusterResponseData().setClusterId(FakeBroker.CLUSTER_ID).setControllerId(NODE);
    answer
        .brokers()
        .add(
            new DescribeClusterBroker()
                .setBrokerId(NODE)
                .setHost(broker.host())
                .setPort(broker.port()));
    return answer;
  }

  DescribeTopicPartitionsResponseData describeTopics(DescribeTopicPartitionsRequestData request) {
    DescribeTopicPartitionsResponseData answer = new DescribeTopicPartitionsResponseData();
    for (DescribeTopicPartitionsRequestData.TopicRequest asked : request.topics()) {
      Optional<FakeTopic> topic = broker.topic(asked.name(), Uuid.ZERO_UUID);
      DescribeTopicPartitionsResponseTopic result =
          new DescribeTopicPartitionsResponseTopic()
              .setName(asked.name())
              .setTopicAuthorizedOperations(EVERY_OPERATION)
              .setErrorCode(
                  topic.isPresent()
                      ? Errors.NONE.code()
                      : Errors.UNKNOWN_TOPIC_OR_PARTITION.code());
      topic.ifPresent(
          found -> {
            result.setTopicId(found.id());
            for (int index = 0; index < found.partitions().size(); index++) {
              result
                  .partitions()
                  .add(
                      new DescribeTopicPartitionsResponsePartition()
                          .setPartitionIndex(index)
                          .setLeaderId(NODE)
                          .setLeaderEpoch(0)
                          .setReplicaNodes(REPLICAS)
                          .setIsrNodes(REPLICAS)
                          .setEligibleLeaderReplicas(List.of())
                          .setLastKnownElr(List.of()));
            }
          });
      answer.topics().add(result);
    }
    return answer;
  }

  DescribeConfigsResponseData describeConfigs(DescribeConfigsRequestData request) {
    DescribeConfigsResponseData answer = new DescribeConfigsResponseData();
    for (DescribeConfigsRequestData.DescribeConfigsResource resource : request.resources()) {
      DescribeConfigsResult result =
          new DescribeConfigsResult()
              .setResourceType(resource.resourceType())
              .setResourceName(resource.resourceName())
              .setErrorCode(broker.settingsError().code());
      if (broker.settingsError() == Errors.NONE) {
        result.setConfigs(settings(resource));
      } else {
        result.setErrorMessage(broker.settingsError().message());
      }
      answer.results().add(result);
    }
    return answer;
  }

  private List<DescribeConfigsResourceResult> settings(
      DescribeConfigsRequestData.DescribeConfigsResource resource) {
    Map<String, String> settings =
        resource.resourceType() == ConfigResource.Type.TOPIC.id()
            ? broker
                .topic(resource.resourceName(), Uuid.ZERO_UUID)
                .map(FakeTopic::settings)
                .orElse(Map.of())
            : BROKER_SETTINGS;
    return settings.entrySet().stream()
        .map(
            setting ->
                new DescribeConfigsResourceResult()
                    .setName(setting.getKey())
                    .setValue(setting.getValue())
                    .setConfigSource((byte) 5))
        .toList();
  }

  FindCoordinatorResponseData findCoordinator(FindCoordinatorRequestData request) {
    FindCoordinatorResponseData answer =
        new FindCoordinatorResponseData()
            .setNodeId(NODE)
            .setHost(broker.host())
            .setPort(broker.port());
    List<Coordinator> coordinators = new ArrayList<>();
    request
        .coordinatorKeys()
        .forEach(
            key ->
                coordinators.add(
                    new Coordinator()
                        .setKey(key)
                        .setNodeId(NODE)
                        .setHost(broker.host())
                        .setPort(broker.port())));
    return coordinators.isEmpty()
        ? answer
        : new FindCoordinatorResponseData().setCoordinators(coordinators);
  }
}
