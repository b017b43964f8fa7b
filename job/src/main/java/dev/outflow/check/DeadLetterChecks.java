package dev.outflow.check;

import dev.outflow.kafka.Authorization;
import dev.outflow.kafka.TopicCheck;
import dev.outflow.kafka.broker.BrokerCapabilities;
import dev.outflow.kafka.broker.BrokerCapabilities.Support;
import dev.outflow.kafka.broker.Permission;
import dev.outflow.kafka.error.DeadLetterCheck;
import dev.outflow.kafka.error.ErrorPolicy;
import dev.outflow.kafka.output.OutputCheck;
import dev.outflow.kafka.transaction.ClusterInfo;
import dev.outflow.kafka.transaction.TransactionTimeout;
import dev.outflow.option.InvalidOptionsException;
import dev.outflow.option.OptionProblem;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.acl.AclOperation;

/** Checks that the bad records of a table can be kept. */
record DeadLetterChecks(
    StepRunner steps, KafkaTable table, Consumer<TransactionTimeout> transactionTimeouts) {

  /** Checks the dead-letter topic, if there is one. */
  void run(Callable<Admin> admin, Callable<Optional<BrokerCapabilities>> capabilities) {
    table
        .errors()
        .topic()
        .ifPresent(
            topic ->
                steps.run(
                    CheckStep.DEAD_LETTERS, () -> check(admin.call(), capabilities.call(), topic)));
  }

  private StepResult<Boolean> check(
      Admin admin, Optional<BrokerCapabilities> capabilities, String topic)
      throws ExecutionException, InterruptedException {
    if (capabilities.filter(brokers -> brokers.headers() == Support.NO).isPresent()) {
      throw InvalidOptionsException.of(
          ErrorPolicy.ON_ERROR.key(),
          "dead-letter requires record headers, which brokers have since Kafka 0.11; use drop or"
              + " fail");
    }
    TopicDescription description =
        new DeadLetterCheck(table.connection(), topic).ask(admin, CheckStep.DEAD_LETTERS.limit());
    if (table instanceof KafkaTable.Input input && input.deadLetters().isPresent()) {
      checkTransactions(admin, capabilities, input.deadLetters().get());
    }
    int partitions = description.partitions().size();
    String plural = partitions == 1 ? "" : "s";
    return TopicCheck.authorization(description, AclOperation.WRITE) == Authorization.UNKNOWN
        ? StepResult.unknown(
            true,
            "'%s' has %d partition%s, but %s"
                .formatted(
                    topic,
                    partitions,
                    plural,
                    TopicChecks.unknown(table.connection(), Permission.WRITE_TOPIC)))
        : StepResult.ok(
            true,
            "'%s' can be written to; it has %d partition%s".formatted(topic, partitions, plural));
  }

  /** Checks the producer of an input's dead letters; an output's share its transactions. */
  private void checkTransactions(
      Admin admin, Optional<BrokerCapabilities> capabilities, OutputCheck producer)
      throws ExecutionException, InterruptedException {
    try {
      if (producer.isExactlyOnce()) {
        capabilities.ifPresent(producer::checkSupported);
        producer.checkTransactions(admin);
        transactionTimeouts.accept(producer.timeout(ClusterInfo.describe(admin)));
      }
    } catch (InvalidOptionsException e) {
      throw new InvalidOptionsException(
          e.problems().stream()
              .map(
                  problem ->
                      new OptionProblem(ErrorPolicy.DEAD_LETTER_TOPIC.key(), problem.message()))
              .toList());
    }
  }
}
