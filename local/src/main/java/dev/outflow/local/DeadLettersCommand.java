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
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./outflow dead-letters}: the bad records that an input or output has kept. */
@Command(
    name = "dead-letters",
    description = {
      "Shows the bad records that an input or output with 'on-error: dead-letter' has kept: one"
          + " line each, then how many there are of each code. Changes nothing, but for --replay."
    })
final class DeadLettersCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "ALIAS", description = "The input or output.")
  private String alias;

  @Mixin private JobArguments job;

  @Option(
      names = "--values",
      description = "Shows the beginning of each value too; it can be confidential.")
  private boolean values;

  @Option(
      names = "--code",
      paramLabel = "CODE",
      description = "Only those of this code: InputDeserializerError.InvalidData.")
  private String code;

  @Option(
      names = "--replay",
      description =
          "Sends each once more to the topic where it was read, or to that of --to, and remembers"
              + " that: the next time it goes on behind it. What was cut is left out.")
  private boolean replay;

  @Option(
      names = "--to",
      paramLabel = "TOPIC",
      description =
          "Where --replay sends them; on the same brokers. Required for those of outputs.")
  private String to;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    checkOptions();
    JobDefinition definition = job.draft().orElseThrow();
    DeadLetterTopicClient kept =
        DeadLetterTopicClient.find(definition, alias).orElseThrow(() -> wrong(noSuch(definition)));
    PrintWriter out = spec.commandLine().getOut();
    kept.checkMayRead();
    if (replay) {
      checkTarget(kept);
      out.println(new DeadLetterReplay(kept, Optional.ofNullable(to)).run());
    } else {
      show(kept, out);
    }
    out.flush();
    return 0;
  }

  private void checkOptions() {
    if (to != null && !replay) {
      throw wrong("--to belongs to --replay");
    }
    if (code != null && replay) {
      throw wrong("--replay sends all; --code is for looking at them");
    }
    if (code != null) {
      try {
        ErrorCode.of(code);
      } catch (IllegalArgumentException e) {
        throw wrong(e.getMessage());
      }
    }
  }

  private void checkTarget(DeadLetterTopicClient kept) {
    if (to != null) {
      try {
        kept.checkMayWrite(to);
      } catch (InvalidOptionsException e) {
        throw wrong("--to: " + e.problems().get(0).message());
      }
    } else if (kept.isOfOutput()) {
      throw wrong(
          "the dead letters of an output are rows as JSON, which belong to no topic yet: say --to"
              + " TOPIC");
    }
  }

  private void show(DeadLetterTopicClient kept, PrintWriter out) {
    Map<String, Integer> counts = new TreeMap<>();
    try (DeadLetterReader reader = DeadLetterReader.open(kept)) {
      reader.fromTheBeginning();
      for (var batch = reader.next(); !batch.isEmpty(); batch = reader.next()) {
        batch.stream()
            .map(DeadLetterText::new)
            .filter(this::isAsked)
            .forEach(it -> show(it, counts, out));
      }
    }
    if (counts.isEmpty()) {
      out.printf("no dead letters in '%s'%n", kept.topic());
    } else {
      out.println();
      counts.forEach((each, count) -> out.printf("%8d  %s%n", count, each));
    }
  }

  private boolean isAsked(DeadLetterText letter) {
    return code == null || code.equals(letter.code());
  }

  private void show(DeadLetterText letter, Map<String, Integer> counts, PrintWriter out) {
    counts.merge(letter.code(), 1, Integer::sum);
    out.println(letter.line());
    if (values) {
      out.println("    " + letter.value());
    }
  }

  private String noSuch(JobDefinition definition) {
    return "there is no output or Kafka input '%s'; there are %s"
        .formatted(alias, String.join(", ", DeadLetterTopicClient.names(definition)));
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
