package dev.outflow.e2e;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A broker of a {@link KafkaCluster}: its ports and its configuration. */
record KafkaBroker(int id, int clients, int direct, int controller) {
  static KafkaBroker onFreePorts(int id) {
    return new KafkaBroker(id, Ports.free(), Ports.free(), Ports.free());
  }

  /** Returns the properties of a combined broker and controller (KRaft). */
  Map<String, String> properties(List<KafkaBroker> all, KafkaSettings settings, String data) {
    boolean several = all.size() > 1;
    String replicas = several ? "3" : "1";
    String inSync = several ? "2" : "1";
    Map<String, String> properties = new TreeMap<>();
    properties.put("node.id", String.valueOf(id));
    properties.put("process.roles", "broker,controller");
    properties.put(
        "listeners",
        "PLAINTEXT://127.0.0.1:%d,DIRECT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d"
            .formatted(clients, direct, controller));
    properties.put(
        "advertised.listeners",
        "PLAINTEXT://localhost:%d,DIRECT://localhost:%d"
            .formatted(settings.advertised().applyAsInt(clients), direct));
    properties.put(
        "listener.security.protocol.map",
        "PLAINTEXT:PLAINTEXT,DIRECT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    properties.put("inter.broker.listener.name", "DIRECT");
    properties.put("controller.listener.names", "CONTROLLER");
    properties.put(
        "controller.quorum.voters",
        all.stream()
            .map(broker -> broker.id() + "@127.0.0.1:" + broker.controller())
            .collect(joining(",")));
    properties.put("log.dirs", data);
    properties.put("auto.create.topics.enable", "false");
    properties.put("group.initial.rebalance.delay.ms", "0");
    properties.put("broker.session.timeout.ms", "6000");
    properties.put("default.replication.factor", replicas);
    properties.put("min.insync.replicas", inSync);
    properties.put("offsets.topic.num.partitions", "3");
    properties.put("offsets.topic.replication.factor", replicas);
    properties.put("transaction.state.log.num.partitions", "3");
    properties.put("transaction.state.log.replication.factor", replicas);
    properties.put("transaction.state.log.min.isr", inSync);
    properties.put("share.coordinator.state.topic.replication.factor", replicas);
    properties.put("share.coordinator.state.topic.min.isr", inSync);
    properties.putAll(settings.properties());
    return properties;
  }
}
