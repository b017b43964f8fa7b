package dev.outflow.job;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.plugin.PluginUtils;

/** Copies a file to a storage account, then checks and runs jobs as {@link ExampleJobs} does. */
final class StorageJobs {
  private StorageJobs() {}

  /**
   * Runs jobs.
   *
   * @param args an option of the file system and its value, a local file, where to copy it, and the
   *     arguments of {@link ExampleJobs}
   */
  public static void main(String[] args) throws IOException {
    Configuration options = Configuration.fromMap(Map.of(args[0], args[1]));
    FileSystem.initialize(options, PluginUtils.createPluginManagerFromRootFolder(options));
    Path target = new Path(args[3]);
    target.getFileSystem().mkdirs(target.getParent());
    try (OutputStream out =
        target.getFileSystem().create(target, FileSystem.WriteMode.NO_OVERWRITE)) {
      Files.copy(java.nio.file.Path.of(args[2]), out);
    }
    ExampleJobs.main(Arrays.copyOfRange(args, 4, args.length));
  }
}
