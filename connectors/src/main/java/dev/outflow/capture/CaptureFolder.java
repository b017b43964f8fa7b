package dev.outflow.capture;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/** A folder of files, at any depth. */
public final class CaptureFolder {
  private CaptureFolder() {}

  /**
   * Returns all files, except those that Flink's file source ignores: names that start with a dot
   * or an underscore.
   *
   * @throws java.io.FileNotFoundException if the folder does not exist
   */
  public static List<FileStatus> files(Path folder) throws IOException {
    FileSystem files = folder.getFileSystem();
    List<FileStatus> found = new ArrayList<>();
    find(files, files.getFileStatus(folder), found);
    return found;
  }

  private static void find(FileSystem files, FileStatus status, List<FileStatus> found)
      throws IOException {
    if (!status.isDir()) {
      found.add(status);
      return;
    }
    FileStatus[] children = files.listStatus(status.getPath());
    for (FileStatus child : children == null ? new FileStatus[0] : children) {
      String name = child.getPath().getName();
      if (!name.startsWith(".") && !name.startsWith("_")) {
        find(files, child, found);
      }
    }
  }
}
