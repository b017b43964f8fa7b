package dev.outflow.local;

import dev.outflow.definition.JobDefinition;
import dev.outflow.kafka.error.ErrorCode;
import dev.outflow.option.InvalidOptionsException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./outflow dead-letters}: shows, counts and republishes bad records. */
@Command(
    name = "dead-letters",
    description = {
      "Show, count and republish the bad records of an input or output.",
      "The input or output must have 'on-error: dead-letter'. Prints one line per record, then the"
          + " count per error code. Only --replay modifies Kafka."
    })
final class DeadLettersCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "ALIAS", description = "The name of an input or output.")
  private String alias;

  @Mixin private JobArguments job;

  @Option(
      names = "--values",
      description = "Also show the beginning of each value, which may be confidential.")
  private boolean values;

  @Option(
      names = "--code",
      paramLabel = "CODE",
      description =
          "Show only records with this error code, e.g. InputDeserializerError.InvalidData.")
  private String code;

  @Option(
      names = "--replay",
      description =
          "Republish each record to the topic it was originally read from, or to that given by"
              + " --to. The next replay resumes after the last record sent. Truncated records are"
              + " skipped.")
  private boolean replay;

  @Option(
      names = "--to",
      paramLabel = "TOPIC",
      description = "The topic that --replay sends to, on the same brokers. Required for outputs.")
  private String to;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    checkOptions();
    JobDefinition definition = job.draft().orElseThrow();
    DeadLetterTopicClient client =
        DeadLetterTopicClient.find(definition, alias)
            .orElseThrow(() -> invalid(unknown(definition)));
    PrintWriter out = spec.commandLine().getOut();
    client.checkReadable();
    if (replay) {
      checkTarget(client);
      out.println(
          new DeadLetterReplay(client, Optional.ofNullable(to), client.supportsTransactions())
              .run());
    } else {
      show(client, out);
    }
    out.flush();
    return ExitCode.OK;
  }

  private void checkOptions() {
    if (to != null && !replay) {
      throw invalid("--to requires --replay");
    }
    if (code != null && replay) {
      throw invalid("--code cannot be combined with --replay, which sends all dead letters");
    }
    if (code != null) {
      try {
        ErrorCode.of(code);
      } catch (IllegalArgumentException e) {
        throw invalid(e.getMessage());
      }
    }
  }

  private void checkTarget(DeadLetterTopicClient client) {
    if (to != null) {
      try {
        client.checkWritable(to);
      } catch (InvalidOptionsException e) {
        throw invalid("--to: " + e.problems().get(0).message());
      }
    } else if (client.isOfOutput()) {
      throw invalid(
          "the dead letters of an output are JSON rows that were not read from a topic; use --to TOPIC");
    }
  }

  private void show(DeadLetterTopicClient client, PrintWriter out) {
    Map<String, Integer> counts = new TreeMap<>();
    try (DeadLetterReader reader = DeadLetterReader.open(client)) {
      reader.seekToBeginning();
      for (var batch = reader.next(); !batch.isEmpty(); batch = reader.next()) {
        batch.stream()
            .map(DeadLetterText::new)
            .filter(this::isSelected)
            .forEach(deadLetter -> show(deadLetter, counts, out));
      }
    }
    if (counts.isEmpty()) {
      out.printf("no dead letters in '%s'%n", client.topic());
    } else {
      out.println();
      counts.forEach((errorCode, count) -> out.printf("%8d  %s%n", count, errorCode));
    }
  }

  private boolean isSelected(DeadLetterText deadLetter) {
    return code == null || code.equals(deadLetter.code());
  }

  private void show(DeadLetterText deadLetter, Map<String, Integer> counts, PrintWriter out) {
    counts.merge(deadLetter.code(), 1, Integer::sum);
    out.println(deadLetter.line());
    if (values) {
      out.println("    " + deadLetter.value());
    }
  }

  private String unknown(JobDefinition definition) {
    return "unknown output or Kafka input '%s'; expected one of %s"
        .formatted(alias, String.join(", ", DeadLetterTopicClient.names(definition)));
  }

  private ParameterException invalid(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
