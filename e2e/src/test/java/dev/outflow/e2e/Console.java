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
 * One who types commands of docs/operate.md, with what belongs in the place of its examples: the
 * job and the savepoint are those of the command before.
 */
final class Console {
  private static final String JOB = "JOB_ID";
  private static final String SAVEPOINT = "s3://bucket/savepoints/savepoint-1a2b";
  private static final Pattern SUBMITTED = Pattern.compile("submitted with JobID ([0-9a-f]{32})");
  private static final Pattern SAVED = Pattern.compile("Savepoint completed. Path: (\\S+)");

  private final FlinkCluster flink;
  private final Map<String, String> words = new HashMap<>();

  Console(FlinkCluster flink, Path definition) {
    this.flink = flink;
    words.put("job/target/outflow.jar", ClusterRest.JAR.toAbsolutePath().normalize().toString());
    words.put("conf/job.yaml", definition.toString());
    words.put("s3://bucket/savepoints", flink.folder().resolve("savepoints").toUri().toString());
  }

  /** The first command of the manual that begins so, with more arguments; it must succeed. */
  JavaCommand.Result succeeds(String words, String... more)
      throws IOException, InterruptedException {
    return succeedsAsTyped(OperateManual.command(words), more);
  }

  /** The whole of a command; it must succeed. */
  JavaCommand.Result succeedsAsTyped(String command, String... more)
      throws IOException, InterruptedException {
    JavaCommand.Result result = type(command, more);
    assertThat(result.exitCode()).as("%s%n%s", command, result.output()).isZero();
    remember(SUBMITTED, JOB, result);
    remember(SAVED, SAVEPOINT, result);
    return result;
  }

  /** As {@link #succeeds}, but it must fail; what it prints. */
  String fails(String words, String... more) throws IOException, InterruptedException {
    JavaCommand.Result result = type(OperateManual.command(words), more);
    assertThat(result.exitCode()).as(result.output()).isNotZero();
    return result.output();
  }

  /** The job that was submitted last. */
  String job() {
    return words.get(JOB);
  }

  /** The savepoint that was made last. */
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
    Matcher told = answer.matcher(result.output());
    if (told.find()) {
      words.put(word, told.group(1));
    }
  }
}
