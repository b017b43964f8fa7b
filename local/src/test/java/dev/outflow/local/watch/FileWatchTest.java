package dev.outflow.local.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outflow.local.watch.FileWatch.Save;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileWatchTest {
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Pause pause = time -> stopped.await(time.toMillis(), TimeUnit.MILLISECONDS);
  private final FileWatch watch = new FileWatch();
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void watchAFileAndAFolder() throws IOException {
    file = Files.writeString(folder.resolve("job.yaml"), "old");
    Files.createDirectories(folder.resolve("tests/deep"));
    watch.add(Set.of(file, folder.resolve("tests")));
  }

  @Test
  void reportsWrittenReplacedAndDeletedFiles() throws Exception {
    Files.writeString(file, "changed");
    assertThat(nextSave()).containsExactly(file);

    Path other = Files.writeString(folder.resolve("job.yaml.tmp"), "changed");
    Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
    assertThat(nextSave()).containsExactly(file);

    Files.delete(file);
    assertThat(nextSave()).containsExactly(file);

    Path added = Files.writeString(folder.resolve("tests/deep/orders.jsonl"), "{}");
    assertThat(nextSave()).containsExactly(added);
    assertThat(watch.poll(pause)).isEmpty();
  }

  @Test
  void reportsSavesInQuickSuccessionOnce() throws Exception {
    Path other = folder.resolve("tests/other.jsonl");
    Files.writeString(file, "one");
    Files.writeString(other, "two");
    Files.writeString(file, "three");

    assertThat(nextSave()).containsExactlyInAnyOrder(file, other);
    assertThat(watch.poll(pause)).isEmpty();
  }

  @Test
  void waitsForADeletedFileToComeBack() throws Exception {
    Files.delete(file);
    int[] polls = {0};
    Pause pauseThatSaves =
        time -> {
          if (polls[0]++ == 2) {
            write(file);
          }
          return pause.isEndedWithin(time);
        };

    assertThat(watch.await(pauseThatSaves).orElseThrow().files()).containsExactly(file);
    assertThat(file).exists();
  }

  @Test
  void ignoresBackupsAndSwapFiles() throws Exception {
    Files.writeString(folder.resolve("tests/.orders.jsonl.swp"), "");
    Files.writeString(folder.resolve("tests/orders.jsonl~"), "");

    assertThat(watch.poll(pause)).isEmpty();
  }

  @Test
  void reportsWhatIsSavedWhileFilesAreAdded() throws Exception {
    Path query = folder.resolve("query.sql");
    watch.add(Set.of(query));
    Files.writeString(query, "SELECT 1");
    watch.add(Set.of(query, folder.resolve("schema.avsc")));

    assertThat(nextSave()).containsExactly(query);
  }

  @Test
  void endsWithItsPause() throws Exception {
    stopped.countDown();

    assertThat(watch.await(pause)).isEqualTo(Optional.<Save>empty());
  }

  private Set<Path> nextSave() throws InterruptedException {
    return watch.await(pause).orElseThrow().files();
  }

  private static void write(Path file) {
    try {
      Files.writeString(file, "new");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
