package dev.outflow.kafka.broker;

/** What a client must be authorized to do, in the terms of Kafka's ACLs. */
public enum Permission {
  DESCRIBE_TOPIC("allow DESCRIBE on it"),
  READ_TOPIC("allow READ on it"),
  WRITE_TOPIC("allow WRITE on it"),
  DESCRIBE_GROUP("allow DESCRIBE on it"),
  USE_TRANSACTIONAL_IDS(
      "allow WRITE and DESCRIBE on them (resource type TransactionalId, pattern type PREFIXED)");

  private final String acl;

  Permission(String acl) {
    this.acl = acl;
  }

  /** Returns the ACL to add on Apache Kafka. */
  String acl() {
    return acl;
  }
}
