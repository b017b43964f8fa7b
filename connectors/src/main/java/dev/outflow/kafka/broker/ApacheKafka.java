package dev.outflow.kafka.broker;

/** Apache Kafka, and every service whose brokers are those of Apache Kafka. */
public record ApacheKafka() implements BrokerKind {
  @Override
  public String serviceName() {
    return "Apache Kafka";
  }

  @Override
  public String remedy(Permission permission) {
    return permission.acl();
  }
}
