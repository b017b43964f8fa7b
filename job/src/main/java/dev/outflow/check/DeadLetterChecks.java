package dev.outflow.check;

import dev.outflow.kafka.error.DeadLetterCheck;
import dev.outflow.kafka.error.ErrorPolicy;
import dev.outflow.kafka.output.OutputCheck;
import dev.outflow.kafka.transaction.TransactionTimeout;
import dev.outflow.option.InvalidOptionsException;
import dev.outflow.option.OptionProblem;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;

/** Checks that the bad records of a table can be kept. */
record DeadLetterChecks(
    StepRunner steps, KafkaTable table, Consumer<TransactionTimeout> transactionTimeouts) {

  /** Checks the dead-letter topic, if there is one. */
  void run(Callable<Admin> admin) {
    table
        .errors()
        .topic()
        .ifPresent(topic -> steps.run(CheckStep.DEAD_LETTERS, () -> check(admin.call(), topic)));
  }

  private StepResult<Boolean> check(Admin admin, String topic)
      throws ExecutionException, InterruptedException {
    int partitions =
        new DeadLetterCheck(table.connection(), topic)
            .ask(admin, CheckStep.DEAD_LETTERS.limit())
            .partitions()
            .size();
    if (table instanceof KafkaTable.Input input && input.deadLetters().isPresent()) {
      checkTransactions(admin, input.deadLetters().get());
    }
    return StepResult.ok(
        true,
        "'%s' can be written to; it has %d partition%s"
            .formatted(topic, partitions, partitions == 1 ? "" : "s"));
  }

  /** Checks the producer of an input's dead letters; an output's share its transactions. */
  private void checkTransactions(Admin admin, OutputCheck producer)
      throws ExecutionException, InterruptedException {
    try {
      if (producer.isExactlyOnce()) {
        producer.checkTransactions(admin);
        transactionTimeouts.accept(producer.timeout(admin));
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
