package dev.outflow.job;

import java.io.OutputStream;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.plugin.PluginUtils;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;

/**
 * Copies a file to a storage account and writes one in each format there, then checks and runs jobs
 * as {@link ExampleJobs} does.
 */
final class StorageJobs {
  static final List<String> FORMATS = List.of("json", "csv", "parquet");

  private StorageJobs() {}

  /**
   * Runs jobs.
   *
   * @param args an option of the file system and its value, a local file, where to copy it, the
   *     folder of the other files, and the arguments of {@link ExampleJobs}
   */
  public static void main(String[] args) throws Exception {
    Configuration options = Configuration.fromMap(Map.of(args[0], args[1]));
    FileSystem.initialize(options, PluginUtils.createPluginManagerFromRootFolder(options));
    Path target = new Path(args[3]);
    target.getFileSystem().mkdirs(target.getParent());
    try (OutputStream out =
        target.getFileSystem().create(target, FileSystem.WriteMode.NO_OVERWRITE)) {
      Files.copy(java.nio.file.Path.of(args[2]), out);
    }
    for (String format : FORMATS) {
      write(args[4], format);
    }
    ExampleJobs.main(Arrays.copyOfRange(args, 5, args.length));
  }

  private static void write(String folder, String format) throws Exception {
    TableEnvironment tables = TableEnvironment.create(EnvironmentSettings.inBatchMode());
    tables.executeSql(
        "CREATE TABLE files (order_id STRING, amount INT) WITH ('connector' = 'filesystem', 'path' = '%s/%s', 'format' = '%s')"
            .formatted(folder, format, format));
    tables.executeSql("INSERT INTO files VALUES ('%s', 7)".formatted(format)).await();
  }
}
