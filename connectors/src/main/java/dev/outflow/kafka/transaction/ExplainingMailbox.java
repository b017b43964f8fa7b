package dev.outflow.kafka.transaction;

import java.io.IOException;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.util.function.ThrowingRunnable;

/** A task's mailbox, in which KafkaSink's writer throws the errors of its producer. */
record ExplainingMailbox(MailboxExecutor task, WriteFailures failures) implements MailboxExecutor {
  @Override
  public void execute(
      MailOptions options,
      ThrowingRunnable<? extends Exception> command,
      String description,
      Object... arguments) {
    task.execute(options, () -> run(command), description, arguments);
  }

  private void run(ThrowingRunnable<? extends Exception> command) throws Exception {
    try {
      command.run();
    } catch (Exception e) {
      throw e instanceof IOException failure ? failures.explain(failure) : e;
    }
  }

  @Override
  public void yield() throws InterruptedException {
    task.yield();
  }

  @Override
  public boolean tryYield() {
    return task.tryYield();
  }

  @Override
  public boolean shouldInterrupt() {
    return task.shouldInterrupt();
  }
}
