package dev.outflow.capture;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.assigners.FileSplitAssigner;

/** Assigns files by the time of their events, whatever host asks for one. */
final class ChronologicalAssigner implements FileSplitAssigner {
  private final TreeSet<FileSourceSplit> pending;

  ChronologicalAssigner(ArchiveNameFormat names, Collection<FileSourceSplit> splits) {
    this.pending =
        new TreeSet<>(
            Comparator.comparing(
                    (FileSourceSplit split) -> names.file(split.path()).orElse(null),
                    Comparator.nullsFirst(Comparator.naturalOrder()))
                .thenComparing(FileSourceSplit::splitId));
    pending.addAll(splits);
  }

  @Override
  public Optional<FileSourceSplit> getNext(String hostname) {
    return Optional.ofNullable(pending.pollFirst());
  }

  @Override
  public void addSplits(Collection<FileSourceSplit> splits) {
    pending.addAll(splits);
  }

  @Override
  public Collection<FileSourceSplit> remainingSplits() {
    return List.copyOf(pending);
  }
}
