package dev.outflow.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.plugin.PluginUtils;

/**
 * Loads file systems such as Azure's from the plugins folder of a Flink distribution, as a cluster
 * does: from {@code FLINK_PLUGINS_DIR}, or else from {@code plugins} in the current folder.
 */
final class FileSystemPlugins {
  private static final String FOLDER = "FLINK_PLUGINS_DIR";
  private static final String DEFAULT = "plugins";

  private FileSystemPlugins() {}

  /**
   * Loads them; does nothing if the folder does not exist.
   *
   * @param flink the Flink options of the job, which configure file systems here
   */
  static void load(Map<String, String> flink) {
    if (Files.isDirectory(Path.of(System.getenv().getOrDefault(FOLDER, DEFAULT)))) {
      Configuration options = Configuration.fromMap(flink);
      FileSystem.initialize(options, PluginUtils.createPluginManagerFromRootFolder(options));
    }
  }
}
