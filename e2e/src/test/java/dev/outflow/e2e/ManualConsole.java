package dev.outflow.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.embedded.ClusterRest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Runs commands of docs/operate.md. The placeholders of the manual are replaced: job id and
 * savepoint are those that the previous command printed.
 */
final class ManualConsole {
  private static final String JOB = "JOB_ID";
  private static final String SAVEPOINT = "s3://bucket/savepoints/savepoint-1a2b";
  private static final Pattern SUBMITTED = Pattern.compile("submitted with JobID ([0-9a-f]{32})");
  private static final Pattern SAVED = Pattern.compile("Savepoint completed. Path: (\\S+)");

  private final FlinkCluster flink;
  private final Map<String, String> words = new HashMap<>();

  ManualConsole(FlinkCluster flink, Path definition) {
    this.flink = flink;
    words.put("job/target/outflow.jar", ClusterRest.JAR.toAbsolutePath().normalize().toString());
    words.put("conf/job.yaml", definition.toString());
    words.put("s3://bucket/savepoints", flink.folder().resolve("savepoints").toUri().toString());
  }

  /** Runs the first command of the manual that starts with {@code words}; it must succeed. */
  JavaCommand.Result succeeds(String words, String... more)
      throws IOException, InterruptedException {
    return succeedsAsTyped(OperateManual.command(words), more);
  }

  /** Runs a whole command; it must succeed. */
  JavaCommand.Result succeedsAsTyped(String command, String... more)
      throws IOException, InterruptedException {
    JavaCommand.Result result = type(command, more);
    assertThat(result.exitCode()).as("%s%n%s", command, result.output()).isZero();
    remember(SUBMITTED, JOB, result);
    remember(SAVED, SAVEPOINT, result);
    return result;
  }

  /** Runs a command like {@link #succeeds}, which must fail; returns its output. */
  String fails(String words, String... more) throws IOException, InterruptedException {
    JavaCommand.Result result = type(OperateManual.command(words), more);
    assertThat(result.exitCode()).as(result.output()).isNotZero();
    return result.output();
  }

  /** Returns the id of the job submitted last. */
  String job() {
    return words.get(JOB);
  }

  /** Returns the path of the savepoint taken last. */
  String savepoint() {
    return words.get(SAVEPOINT);
  }

  private JavaCommand.Result type(String command, String... more)
      throws IOException, InterruptedException {
    List<String> typed =
        Stream.concat(Stream.of(command.split(" +")).skip(1), Stream.of(more))
            .map(word -> words.getOrDefault(word, word))
            .toList();
    return flink.flink(typed);
  }

  private void remember(Pattern answer, String word, JavaCommand.Result result) {
    Matcher match = answer.matcher(result.output());
    if (match.find()) {
      words.put(word, match.group(1));
    }
  }
}
