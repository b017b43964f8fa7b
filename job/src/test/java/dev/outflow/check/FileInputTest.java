package dev.outflow.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.outflow.definition.InputDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileInputTest {
  @TempDir private Path folder;

  @Test
  void countsFilesAtAnyDepth() throws IOException {
    write("a/b/1.json");
    write("a/2.json");
    write("_hidden.json");

    assertThat(input("filesystem", Map.of()).list())
        .isEqualTo(StepResult.ok(true, "2 files, 4 bytes in " + folder));
  }

  @Test
  void warnsOfFolderWithoutFiles() throws IOException {
    assertThat(input("filesystem", Map.of()).list())
        .isEqualTo(
            StepResult.warning(true, "path", folder + " has no files: the input ends at once"));
    assertThat(input("filesystem", Map.of("source.monitor-interval", "1 s")).list())
        .isEqualTo(StepResult.warning(true, "path", folder + " has no files yet"));
  }

  @Test
  void warnsOfFilesThatCaptureDidNotWrite() throws IOException {
    write("ns/orders/0/2026/11/24/10/05/00.avro");
    assertThat(input("event-hubs-capture", Map.of()).list().outcome()).isEqualTo(Outcome.OK);
    write("other.avro");
    assertThat(input("event-hubs-capture", Map.of()).list())
        .isEqualTo(
            StepResult.warning(
                true,
                "archive-name-format",
                "2 files, 4 bytes in %1$s; the names of 1 do not match 'archive-name-format', so they are not read: file:%1$s/other.avro"
                    .formatted(folder)));
  }

  @Test
  void namesMissingFoldersAndPlugins() {
    String missing = folder.resolve("absent").toString();
    assertThat(failure(missing))
        .isEqualTo("'%s' does not exist, or this machine does not have it".formatted(missing));
    assertThat(failure("abfss://box@account.dfs.core.windows.net/x"))
        .isEqualTo(
            "scheme 'abfss' of 'abfss://box@account.dfs.core.windows.net/x' requires the plugin flink-azure-fs-hadoop: copy opt/flink-azure-fs-hadoop-*.jar of the Flink distribution to plugins/flink-azure-fs-hadoop/ on each machine with a JobManager or TaskManager, and on this one");
    assertThat(failure("https://account.blob.core.windows.net/x"))
        .isEqualTo(
            "Flink has no file system for scheme 'https' of 'https://account.blob.core.windows.net/x'; expected e.g. file, abfss, wasbs or s3");
  }

  @Test
  void leavesPathsWithDatesToTheReferenceFile() {
    assertThat(FileInput.is(definition("reference-file", Map.of("path", "/x/{date}.csv"))))
        .isFalse();
    assertThat(FileInput.is(definition("datagen", Map.of("path", "/x")))).isFalse();
    assertThat(FileInput.is(definition("filesystem", Map.of("path", "/x")))).isTrue();
  }

  private static String failure(String path) {
    FileInput input = new FileInput("orders", definition("filesystem", Map.of("path", path)));
    return FileFailure.explain(path, catchThrowable(input::list));
  }

  private FileInput input(String connector, Map<String, String> options) {
    Map<String, String> all = new HashMap<>(options);
    all.put("path", folder.toString());
    return new FileInput("orders", definition(connector, all));
  }

  private static InputDefinition definition(String connector, Map<String, String> options) {
    return new InputDefinition(connector, Map.of("n", "INT"), List.of(), Optional.empty(), options);
  }

  private void write(String file) throws IOException {
    Files.createDirectories(folder.resolve(file).getParent());
    Files.writeString(folder.resolve(file), "{}");
  }
}
