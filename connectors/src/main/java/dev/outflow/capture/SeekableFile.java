package dev.outflow.capture;

import java.io.IOException;
import org.apache.avro.file.SeekableInput;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * A file of any file system of Flink, for Avro.
 *
 * @param length its length when it was opened, in bytes
 */
record SeekableFile(FSDataInputStream stream, long length) implements SeekableInput {
  static SeekableFile open(Path path) throws IOException {
    FileSystem files = path.getFileSystem();
    long length = files.getFileStatus(path).getLen();
    return new SeekableFile(files.open(path), length);
  }

  @Override
  public void seek(long position) throws IOException {
    stream.seek(position);
  }

  @Override
  public long tell() throws IOException {
    return stream.getPos();
  }

  @Override
  public int read(byte[] bytes, int offset, int count) throws IOException {
    return stream.read(bytes, offset, count);
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
