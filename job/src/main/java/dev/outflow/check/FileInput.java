package dev.outflow.check;

import dev.outflow.capture.ArchiveNameFormat;
import dev.outflow.capture.CaptureFolder;
import dev.outflow.capture.EventHubsCaptureOptions;
import dev.outflow.capture.EventHubsCaptureTableFactory;
import dev.outflow.definition.InputDefinition;
import dev.outflow.lookup.ReferenceFileTableFactory;
import dev.outflow.option.Redaction;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.Path;

/**
 * An input that reads files.
 *
 * @param name its name in the definition
 */
record FileInput(String name, InputDefinition input) {
  static final String PATH = EventHubsCaptureOptions.PATH.key();
  private static final Set<String> CONNECTORS =
      Set.of(
          "filesystem",
          ReferenceFileTableFactory.IDENTIFIER,
          EventHubsCaptureTableFactory.IDENTIFIER);
  private static final long KIB = 1024;

  /** Returns whether an input reads files whose path is the same at any time. */
  static boolean is(InputDefinition input) {
    boolean isDated = input.connector().equals(ReferenceFileTableFactory.IDENTIFIER);
    return CONNECTORS.contains(input.connector())
        && input.options().containsKey(PATH)
        && !(isDated && input.options().get(PATH).contains("{"));
  }

  String path() {
    return input.options().get(PATH);
  }

  /**
   * Lists the files.
   *
   * @throws IOException if that is not possible
   */
  StepResult<Boolean> list() throws IOException {
    List<FileStatus> files = CaptureFolder.files(new Path(path()));
    String shown = Redaction.inText(path());
    if (files.isEmpty()) {
      return StepResult.warning(
          true,
          PATH,
          isGrowing()
              ? "%s has no files yet".formatted(shown)
              : "%s has no files: the input ends at once".formatted(shown));
    }
    String found =
        "%d file%s, %s in %s"
            .formatted(files.size(), files.size() == 1 ? "" : "s", size(files), shown);
    return input.connector().equals(EventHubsCaptureTableFactory.IDENTIFIER)
        ? captured(files, found)
        : StepResult.ok(true, found);
  }

  private StepResult<Boolean> captured(List<FileStatus> files, String found) {
    ArchiveNameFormat names =
        ArchiveNameFormat.parse(
            input
                .options()
                .getOrDefault(
                    EventHubsCaptureOptions.ARCHIVE_NAME_FORMAT.key(),
                    EventHubsCaptureOptions.ARCHIVE_NAME_FORMAT.defaultValue()));
    List<Path> others =
        files.stream().map(FileStatus::getPath).filter(path -> names.file(path).isEmpty()).toList();
    if (others.isEmpty()) {
      return StepResult.ok(true, found);
    }
    return StepResult.warning(
        true,
        EventHubsCaptureOptions.ARCHIVE_NAME_FORMAT.key(),
        "%s; the names of %d do not match '%s', so they are not read: %s"
            .formatted(
                found,
                others.size(),
                EventHubsCaptureOptions.ARCHIVE_NAME_FORMAT.key(),
                others.get(0)));
  }

  private boolean isGrowing() {
    return input.options().keySet().stream().anyMatch(key -> key.endsWith("monitor-interval"));
  }

  private static String size(List<FileStatus> files) {
    long bytes = files.stream().mapToLong(FileStatus::getLen).sum();
    if (bytes < KIB) {
      return bytes + " bytes";
    }
    return bytes < KIB * KIB ? bytes / KIB + " KiB" : bytes / (KIB * KIB) + " MiB";
  }
}
