package dev.outflow.check;

import dev.outflow.option.Redaction;
import java.io.FileNotFoundException;
import java.nio.file.AccessDeniedException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.UnsupportedFileSystemSchemeException;

/** Explains why the files of an input cannot be listed. */
final class FileFailure {
  private static final Map<String, String> PLUGINS =
      Map.of(
          "abfs", "flink-azure-fs-hadoop",
          "abfss", "flink-azure-fs-hadoop",
          "wasb", "flink-azure-fs-hadoop",
          "wasbs", "flink-azure-fs-hadoop",
          "s3", "flink-s3-fs-hadoop",
          "s3a", "flink-s3-fs-hadoop",
          "gs", "flink-gs-fs-hadoop",
          "oss", "flink-oss-fs-hadoop");

  /** Answers of Azure Storage and of its client to callers without permission. */
  private static final Pattern DENIED =
      Pattern.compile(
          "(?i)\\b40[13]\\b|forbidden|access ?denied|not authorized|authenticat|AuthorizationPermissionMismatch|permission denied|No credentials found|key .*not found");

  private FileFailure() {}

  /** Returns what is wrong, and what to do; never a secret. */
  static String explain(String path, Throwable failure) {
    String shown = Redaction.inText(path);
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnsupportedFileSystemSchemeException) {
        return unsupported(shown, new Path(path).toUri().getScheme());
      }
      if (cause instanceof FileNotFoundException) {
        return "'%s' does not exist, or this machine does not have it".formatted(shown);
      }
      if (cause instanceof TimeoutException) {
        return "listing '%s' %s; check the host name and the network"
            .formatted(shown, cause.getMessage());
      }
      String message = String.valueOf(cause.getMessage());
      if (cause instanceof AccessDeniedException || DENIED.matcher(message).find()) {
        return "not authorized to list '%s': %s; check the credentials in Flink's configuration (fs.azure.*), or grant the identity the role Storage Blob Data Reader"
            .formatted(shown, Redaction.inText(firstLine(message)));
      }
    }
    return "cannot list '%s': %s"
        .formatted(shown, Redaction.inText(firstLine(String.valueOf(failure.getMessage()))));
  }

  private static String unsupported(String path, String scheme) {
    return Optional.ofNullable(PLUGINS.get(scheme))
        .map(
            plugin ->
                "scheme '%1$s' of '%2$s' requires the plugin %3$s: copy opt/%3$s-*.jar of the Flink distribution to plugins/%3$s/ on each machine with a JobManager or TaskManager, and on this one"
                    .formatted(scheme, path, plugin))
        .orElseGet(
            () ->
                "Flink has no file system for scheme '%s' of '%s'; expected e.g. file, abfss, wasbs or s3"
                    .formatted(scheme, path));
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("").strip();
  }
}
